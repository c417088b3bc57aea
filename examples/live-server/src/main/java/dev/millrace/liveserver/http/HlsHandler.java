package dev.millrace.liveserver.http;

import dev.millrace.hls.origin.HlsBody;
import dev.millrace.hls.origin.HlsOrigin;
import dev.millrace.hls.origin.HlsRequest;
import dev.millrace.hls.origin.HlsResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Serves an {@link HlsOrigin} with Jetty. No thread waits while a request is held or a client is slow.
 * Thread-safe.
 */
final class HlsHandler {

    static final String MOUNT = "/hls";

    private static final int FILE_BUFFER_BYTES = 64 << 10;

    private final HlsOrigin origin;

    HlsHandler(HlsOrigin origin) {
        this.origin = origin;
    }

    /** Answers a path that begins with {@link #MOUNT}, now or later. */
    void answer(Call call) {
        CompletableFuture<HlsResponse> answer = origin.handle(request(call)).toCompletableFuture();
        if (answer.isDone()) {
            send(call, answer.join());
            return;
        }
        // Held is not idle; what is answered and not taken is. If the request fails, nobody wants the answer.
        call.request().addIdleTimeoutListener(idle -> answer.isDone());
        call.request().addFailureListener(failure -> answer.cancel(/* mayInterruptIfRunning= */ false));
        answer.thenAcceptAsync(response -> send(call, response), call.executor()).exceptionally(failure -> {
            call.callback().failed(failure);
            return null;
        });
    }

    private static HlsRequest request(Call call) {
        String path = call.rawPath().substring(MOUNT.length());
        String target = call.rawQuery().map(query -> path + "?" + query).orElse(path);
        String address = Request.getRemoteAddr(call.request());
        return HlsRequest.of(call.method(), target, name -> call.header(name).stream().toList(), address);
    }

    private static void send(Call call, HlsResponse response) {
        if (response.body() instanceof HlsBody.FileRegion region) {
            sendFile(call, response, region);
        } else if (response.body() instanceof HlsBody.Bytes bytes) {
            setHead(call, response);
            Content.copy(Content.Source.from(bytes.buffers().toArray(ByteBuffer[]::new)), call.response(), call.callback());
        } else {
            setHead(call, response);
            call.response().write(true, ByteBuffer.allocate(0), call.callback());
        }
    }

    private static void setHead(Call call, HlsResponse response) {
        call.response().setStatus(response.status());
        response.headers().forEach(call::set);
    }

    /** The file is opened first: it may be gone, and then there is still time to say so. */
    private static void sendFile(Call call, HlsResponse response, HlsBody.FileRegion region) {
        FileChannel file;
        try {
            file = FileChannel.open(region.file(), StandardOpenOption.READ);
            if (file.size() < region.position() + region.length()) {
                file.close();
                JsonAnswers.notFound(call);
                return;
            }
        } catch (IOException e) {
            JsonAnswers.notFound(call);
            return;
        }
        setHead(call, response);
        ByteBufferPool.Sized buffers =
                new ByteBufferPool.Sized(call.request().getComponents().getByteBufferPool(), /* direct= */ true, FILE_BUFFER_BYTES);
        Content.Source content = Content.Source.from(buffers, file, region.position(), region.length());
        Content.copy(content, call.response(), Callback.from(call.callback(), () -> closeQuietly(file)));
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was only read from.
        }
    }
}
