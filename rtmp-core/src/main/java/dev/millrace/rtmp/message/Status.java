package dev.millrace.rtmp.message;

import dev.millrace.amf.AmfObject;
import java.util.Objects;

/**
 * The information object of an {@code onStatus} call or of an answer to {@code connect} (RTMP 1.0, section 7.2.2).
 *
 * @param level {@code status}, {@code warning} or {@code error}
 * @param code one of the constants here, or another of the form {@code NetStream.Play.Start}
 * @param description for a person
 */
public record Status(String level, String code, String description) {

    /** The connection is accepted. */
    public static final String CONNECT_SUCCESS = "NetConnection.Connect.Success";

    /** The connection is refused. */
    public static final String CONNECT_REJECTED = "NetConnection.Connect.Rejected";

    /** The application is not known. */
    public static final String CONNECT_INVALID_APP = "NetConnection.Connect.InvalidApp";

    /** A call failed. */
    public static final String CALL_FAILED = "NetConnection.Call.Failed";

    /** Publishing may begin. */
    public static final String PUBLISH_START = "NetStream.Publish.Start";

    /** The name is in use, or not allowed. */
    public static final String PUBLISH_BAD_NAME = "NetStream.Publish.BadName";

    /** The publisher is refused. */
    public static final String PUBLISH_REJECTED = "NetStream.Publish.Rejected";

    /** The publisher has not shown who it is. */
    public static final String PUBLISH_UNAUTHORIZED = "NetStream.Publish.Unauthorized";

    /** Publishing is over. */
    public static final String UNPUBLISH_SUCCESS = "NetStream.Unpublish.Success";

    /** The play list was reset. */
    public static final String PLAY_RESET = "NetStream.Play.Reset";

    /** Playing begins. */
    public static final String PLAY_START = "NetStream.Play.Start";

    /** Playing has stopped. */
    public static final String PLAY_STOP = "NetStream.Play.Stop";

    /** There is no such stream. */
    public static final String PLAY_STREAM_NOT_FOUND = "NetStream.Play.StreamNotFound";

    /** Playing is refused or failed. */
    public static final String PLAY_FAILED = "NetStream.Play.Failed";

    /** The stream's publisher has gone. */
    public static final String PLAY_UNPUBLISH_NOTIFY = "NetStream.Play.UnpublishNotify";

    /** Playing is paused. */
    public static final String PAUSE_NOTIFY = "NetStream.Pause.Notify";

    /** Playing goes on. */
    public static final String UNPAUSE_NOTIFY = "NetStream.Unpause.Notify";

    /** A seek was done. */
    public static final String SEEK_NOTIFY = "NetStream.Seek.Notify";

    /** A seek is not possible. */
    public static final String SEEK_FAILED = "NetStream.Seek.Failed";

    /** Something else failed on a message stream. */
    public static final String FAILED = "NetStream.Failed";

    /** Checks for null. */
    public Status {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(description, "description");
    }

    /**
     * A status of level {@code status}.
     *
     * @param code what
     * @param description for a person
     * @return the status
     */
    public static Status status(String code, String description) {
        return new Status("status", code, description);
    }

    /**
     * A status of level {@code error}: every client gives up on it.
     *
     * @param code what
     * @param description for a person
     * @return the status
     */
    public static Status error(String code, String description) {
        return new Status("error", code, description);
    }

    /**
     * Whether the level is {@code error}.
     *
     * @return true for an error
     */
    public boolean isError() {
        return level.equals("error");
    }

    /**
     * The object on the wire.
     *
     * @return level, code and description, in that order
     */
    public AmfObject toObject() {
        return AmfObject.builder().put("level", level).put("code", code).put("description", description).build();
    }

    /**
     * The command that tells a client.
     *
     * @return {@code onStatus} with transaction 0 and a null in place of the command object, as FFmpeg's reader needs it
     */
    public Command toOnStatus() {
        return Command.of("onStatus", 0, toObject());
    }
}
