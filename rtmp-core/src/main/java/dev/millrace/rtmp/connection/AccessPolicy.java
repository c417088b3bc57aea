package dev.millrace.rtmp.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who may do what. The answer may come on any thread and take a while: until then nothing more is read from the client. An exception, a null, or no
 * answer within {@link dev.millrace.rtmp.Deadlines#decision()} is a refusal. If the client has gone when the answer comes, nothing comes of it.
 *
 * <p>Methods are called on the connection's executor and must not block. Whatever is not overridden is allowed.
 */
public interface AccessPolicy {

    /** Everybody may do everything, each name having one publisher. */
    AccessPolicy ALLOW_ALL = new AccessPolicy() {};

    /**
     * May this client connect?
     *
     * @param request who and to what
     * @return completes with the answer
     */
    default CompletionStage<ConnectDecision> connect(ConnectRequest request) {
        return CompletableFuture.completedStage(ConnectDecision.accept());
    }

    /**
     * May this client publish?
     *
     * @param request who and what
     * @return completes with the answer
     */
    default CompletionStage<PublishDecision> publish(PublishRequest request) {
        return CompletableFuture.completedStage(PublishDecision.accept());
    }

    /**
     * May this client play?
     *
     * @param request who and what
     * @return completes with the answer
     */
    default CompletionStage<PlayDecision> play(PlayRequest request) {
        return CompletableFuture.completedStage(PlayDecision.accept());
    }
}
