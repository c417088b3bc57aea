package dev.millrace.rtmp.session;

import dev.millrace.rtmp.message.Acknowledgement;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.SetPeerBandwidth;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.message.WindowAcknowledgementSize;

/** The control messages that every peer answers by itself: pings, windows and acknowledgements (RTMP 1.0, sections 5.4 and 7.1.7). */
final class ControlMessages {

    static final int CHUNK_STREAM = 2;

    private final SessionOutput output;
    private final PeerConduct conduct;
    private final ReceiveWindow window;
    private boolean congested;
    private int announcedWindowBytes;

    ControlMessages(SessionOutput output, PeerConduct conduct, ReceiveWindow window) {
        this.output = output;
        this.conduct = conduct;
        this.window = window;
    }

    /** Does what a message asks for, if it is one of these. Set Chunk Size and Abort have been obeyed by the chunk reader. */
    void obey(RtmpMessage message) {
        if (message instanceof UserControl.PingRequest ping) {
            sendReply(new UserControl.PingResponse(ping.timestampMillis()));
        } else if (message instanceof WindowAcknowledgementSize size) {
            window.windowBytes(size.windowBytes());
        } else if (message instanceof SetPeerBandwidth bandwidth) {
            answer(bandwidth.windowBytes());
        }
    }

    private void answer(int windowBytes) {
        if (windowBytes > 0 && windowBytes != announcedWindowBytes) {
            announceWindow(windowBytes);
        }
    }

    void announceWindow(int windowBytes) {
        announcedWindowBytes = windowBytes;
        send(new WindowAcknowledgementSize(windowBytes));
    }

    /** Tells the peer how much has arrived, if it is time for that. */
    void acknowledge() {
        if (window.isDue()) {
            sendReply(new Acknowledgement((int) window.bytesReceived()));
        }
    }

    void congested(boolean now) {
        congested = now;
    }

    /** Sends what the peer can do without, unless too much waits to be sent. */
    void sendReply(RtmpMessage message) {
        if (congested) {
            conduct.count(SkipReason.CONGESTED);
        } else {
            send(message);
        }
    }

    void send(RtmpMessage message) {
        output.send(CHUNK_STREAM, 0, message);
    }
}
