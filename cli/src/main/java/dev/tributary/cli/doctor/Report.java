package dev.tributary.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** All that was found. */
public record Report(List<Line> lines) {

    private static final String REMEDY = " ".repeat(11);

    /** Whether something is wrong; what is not known is not. */
    public boolean isWrong() {
        return lines.stream().anyMatch(Line::isWrong);
    }

    /** One line a check, and for what is wrong one more with what to do. */
    public List<String> shown() {
        List<String> shown = new ArrayList<>();
        for (Line line : lines) {
            switch (line.verdict()) {
                case Verdict.Ok ok -> shown.add("ok         " + line.about() + ": " + ok.says());
                case Verdict.Wrong wrong -> {
                    shown.add("WRONG      " + line.about() + ": " + wrong.says());
                    shown.add(REMEDY + "-> " + wrong.remedy());
                }
                case Verdict.NotKnown n -> shown.add("not known  " + line.about() + ": " + n.why());
            }
        }
        shown.add("");
        shown.add(summary());
        return shown;
    }

    private String summary() {
        long wrong = lines.stream().filter(Line::isWrong).count();
        long notKnown = lines.stream()
                .filter(l -> l.verdict() instanceof Verdict.NotKnown)
                .count();
        String unknown = notKnown == 0 ? "" : ", " + notKnown + " could not be found out";
        return (wrong == 0 ? "Nothing is wrong" : wrong + " of " + lines.size() + " checks found something wrong")
                + unknown + ".";
    }
}
