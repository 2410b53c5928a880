"""Butteraugli of pictures on standard input, by the C interface that libjxl 0.7 has (Debian 12: libjxl0.7).

Prints `ready` once the library is found. Then, for each pair, reads width and height as 32-bit little-endian numbers
and both pictures as 8-bit sRGB, three channels a pixel, and prints the 3-norm of the difference: 0 is the same picture.
"""

import ctypes
import struct
import sys


class PixelFormat(ctypes.Structure):
    _fields_ = [
        ("channels", ctypes.c_uint32),
        ("data_type", ctypes.c_int),
        ("endianness", ctypes.c_int),
        ("align", ctypes.c_size_t),
    ]


UINT8 = 2
RGB = PixelFormat(3, UINT8, 0, 0)

jxl = ctypes.CDLL("libjxl.so.0.7")
jxl.JxlButteraugliApiCreate.restype = ctypes.c_void_p
jxl.JxlButteraugliApiCreate.argtypes = [ctypes.c_void_p]
jxl.JxlButteraugliCompute.restype = ctypes.c_void_p
picture = [ctypes.POINTER(PixelFormat), ctypes.c_char_p, ctypes.c_size_t]
jxl.JxlButteraugliCompute.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, *picture, *picture]
jxl.JxlButteraugliResultGetDistance.restype = ctypes.c_float
jxl.JxlButteraugliResultGetDistance.argtypes = [ctypes.c_void_p, ctypes.c_float]
jxl.JxlButteraugliResultDestroy.argtypes = [ctypes.c_void_p]

api = jxl.JxlButteraugliApiCreate(None)
print("ready", flush=True)
while header := sys.stdin.buffer.read(8):
    width, height = struct.unpack("<II", header)
    size = width * height * 3
    one, other = sys.stdin.buffer.read(size), sys.stdin.buffer.read(size)
    result = jxl.JxlButteraugliCompute(
        api, width, height, ctypes.byref(RGB), one, size, ctypes.byref(RGB), other, size
    )
    print(jxl.JxlButteraugliResultGetDistance(result, 3.0), flush=True)
    jxl.JxlButteraugliResultDestroy(result)
