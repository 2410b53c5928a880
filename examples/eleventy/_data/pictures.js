import { images } from '../pictures/images.js'

export default images
