package dev.millrace.rtmp.connection;

import dev.millrace.media.EndReason;

/** Hands the events of the input to a connection of a server and its roles. */
record ServerInputOwner(RtmpConnection connection) implements InputOwner {

    @Override
    public long nowMillis() {
        return connection.nowMillis();
    }

    @Override
    public void settle() {
        connection.settle();
    }

    @Override
    public void receivedAll() {
        connection.roles().forEach(Role::receivedAll);
    }

    @Override
    public long restMillis() {
        return connection.roles().restMillis();
    }

    @Override
    public void writable() {
        connection.roles().forEach(Role::writable);
    }

    @Override
    public void onTime(long nowMillis) {
        connection.connectStep().onTime(nowMillis);
        connection.roles().forEach(role -> role.onTime(nowMillis));
    }

    @Override
    public void end(CloseReason reason, EndReason toRoles) {
        connection.end(reason, toRoles);
    }

    @Override
    public void dismiss(CloseReason reason, EndReason toRoles) {
        connection.dismiss(reason, toRoles);
    }

    @Override
    public void failed(Throwable defect) {
        connection.failed(defect);
    }

    @Override
    public void closed(CloseReason unlessKnown) {
        connection.closed(unlessKnown);
    }
}
