package dev.millrace.rtmp.session;

import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.amf.AmfString;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.Status;
import java.util.List;

/** The {@code _result} of {@code connect}. Enhanced RTMP properties go to a client only if it sent some. */
final class ConnectAnswer {

    /** Multitrack and ModEx, which are relayed; not reconnect requests. Enhanced RTMP v2, capsEx. */
    private static final int CAPS_EX = 0x02 | 0x04;

    /** We can forward, not decode or encode. */
    private static final int FORWARD = 0x04;

    private static final List<String> ENHANCED = List.of("fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx");

    private ConnectAnswer() {}

    static Command to(AmfProperties asked, double transactionId) {
        AmfProperties.Builder<AmfObject> properties = AmfObject.builder().put("fmsVer", "FMS/3,0,1,123").put("capabilities", 31).put("mode", 1);
        if (ENHANCED.stream().anyMatch(name -> asked.get(name).isPresent())) {
            AmfObject everything = AmfObject.builder().put("*", FORWARD).build();
            properties.put("fourCcList", new AmfStrictArray(List.of(new AmfString("*"))));
            properties.put("videoFourCcInfoMap", everything);
            properties.put("audioFourCcInfoMap", everything);
            properties.put("capsEx", new AmfNumber(CAPS_EX));
        }
        boolean amf3 = asked.number("objectEncoding").orElse(0) == 3;
        AmfObject information = AmfObject.builder()
                .put("level", "status")
                .put("code", Status.CONNECT_SUCCESS)
                .put("description", "Connection succeeded.")
                .put("objectEncoding", amf3 ? 3 : 0)
                .build();
        return new Command("_result", transactionId, List.of(properties.build(), information));
    }
}
