package dev.millrace.codec.avc;

import java.util.List;

/** Records that encoders wrote. */
final class AvcSamples {

    /** High, High 4:4:4 Predictive at 321x179, interlaced, with a scaling matrix in the PPS, and Baseline with an aspect ratio and colours. */
    static final List<String> WIRES = List.of(
            "0164001effe1001a6764001eacd940a02ff97011000003000100000300320f162d9601000468efbcb0fdf8f800",
            "01f4000dffe1001967f4000d919681519e108ec04400000fa40003a9803c50aa8001000568ce0f1920fff8f800",
            "01640028ffe1001a67640028acd94078044fde0220000003002000000643e2c5b2c001000468fe8fcbfdf8f800",
            "0164000dffe100196764000dacd9416096c044000003000400000300c83c50a65801000568ef8fcc03fdf8f800",
            "0142c016ffe1001f6742c016da0280f6ffc018c00f9a810100a0000003002000000303c1e2c5d401000468ce0fc8");

    private AvcSamples() {}
}
