package dev.usher.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fields of a protobuf message that have a length: texts, bytes and messages. @param byNumber all values of each field */
record Fields(Map<Integer, List<byte[]>> byNumber) {

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    static Fields of(byte[] message) {
        var rest = ByteBuffer.wrap(message);
        var fields = new HashMap<Integer, List<byte[]>>();
        while (rest.hasRemaining()) {
            int tag = (int) varint(rest);
            switch (tag & 7) {
                case VARINT -> varint(rest);
                case EIGHT_BYTES -> rest.position(rest.position() + 8);
                case FOUR_BYTES -> rest.position(rest.position() + 4);
                case LENGTH -> {
                    var value = new byte[(int) varint(rest)];
                    rest.get(value);
                    fields.computeIfAbsent(tag >>> 3, number -> new ArrayList<>())
                            .add(value);
                }
                default -> throw new IllegalArgumentException("wire type " + (tag & 7));
            }
        }
        return new Fields(fields);
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    Stream<Fields> messages(int number) {
        return byNumber.getOrDefault(number, List.of()).stream().map(Fields::of);
    }

    byte[] bytes(int number) {
        return byNumber.getOrDefault(number, List.of(new byte[0])).get(0);
    }

    String text(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }
}
