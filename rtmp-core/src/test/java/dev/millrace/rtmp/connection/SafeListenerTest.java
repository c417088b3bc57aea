package dev.millrace.rtmp.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeListenerTest {

    private final List<String> events = new ArrayList<>();

    private RtmpListener listener(String name, boolean failing) {
        return new RtmpListener() {
            @Override
            public void onConnectionRefused(SocketAddress remoteAddress, String reason) {
                events.add(name + " " + reason);
                if (failing) {
                    throw new IllegalStateException("a defect of the host");
                }
            }
        };
    }

    @Test
    void callsAllInOrderAlthoughOneFails() {
        SafeListener all = SafeListener.of(RtmpListener.all(List.of(
                listener("first", /* failing= */ false), listener("second", /* failing= */ true), listener("third", /* failing= */ false))));
        all.onConnectionRefused(new InetSocketAddress(1935), "too many");
        assertEquals(List.of("first too many", "second too many", "third too many"), events);
        assertEquals(1, all.failures());
    }

    @Test
    void countsFailuresOfListenersInsideAnother() {
        RtmpListener inner = RtmpListener.all(List.of(listener("inner", /* failing= */ true)));
        SafeListener all = SafeListener.of(RtmpListener.all(List.of(inner, listener("outer", /* failing= */ true))));
        all.onConnectionRefused(new InetSocketAddress(1935), "too many");
        assertEquals(2, all.failures());
    }

    @Test
    void doesNothingWithoutListeners() {
        RtmpListener.all(List.of()).onConnectionRefused(new InetSocketAddress(1935), "too many");
        assertEquals(List.of(), events);
    }
}
