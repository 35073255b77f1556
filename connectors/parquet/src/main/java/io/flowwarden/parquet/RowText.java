package io.flowwarden.parquet;

import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One row as the line that the same log has as text. */
final class RowText extends RecordMaterializer<String> {
    /** Absent. */
    private static final String NOTHING = "-";

    private final String[] values;
    private final Row row = new Row();
    private final Converter[] converters;

    RowText(MessageType columns) {
        values = new String[columns.getFieldCount()];
        converters = new Converter[values.length];
        for (int i = 0; i < values.length; i++) {
            converters[i] = new Value(i, perSecond(columns.getType(i)));
        }
    }

    /** Logs count seconds; tables made of them may have times of finer grain. */
    private static long perSecond(Type column) {
        LogicalTypeAnnotation means = column.getLogicalTypeAnnotation();
        return means instanceof TimestampLogicalTypeAnnotation time
                ? switch (time.getUnit()) {
                    case MILLIS -> 1_000;
                    case MICROS -> 1_000_000;
                    case NANOS -> 1_000_000_000;
                }
                : 1;
    }

    @Override
    public String getCurrentRecord() {
        return String.join(" ", values);
    }

    @Override
    public GroupConverter getRootConverter() {
        return row;
    }

    /** Tables made by Python have absent values as None, and whole numbers as floating ones. */
    private static String plain(String text) {
        if (text.isEmpty() || text.equals("None")) {
            return NOTHING;
        }
        // What separates values cannot be in one; no field of a flow log has it.
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == ',') {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, '_');
            }
        }
        return clean == null ? text : clean.toString();
    }

    private final class Row extends GroupConverter {
        @Override
        public Converter getConverter(int column) {
            return converters[column];
        }

        @Override
        public void start() {
            Arrays.fill(values, NOTHING);
        }

        @Override
        public void end() {
            // The values are complete.
        }
    }

    private final class Value extends PrimitiveConverter {
        private final int at;
        private final long perSecond;

        Value(int at, long perSecond) {
            this.at = at;
            this.perSecond = perSecond;
        }

        @Override
        public void addBinary(Binary value) {
            values[at] = plain(value.toStringUsingUTF8());
        }

        @Override
        public void addLong(long value) {
            values[at] = Long.toString(Math.floorDiv(value, perSecond));
        }

        @Override
        public void addInt(int value) {
            values[at] = Integer.toString(value);
        }

        @Override
        public void addBoolean(boolean value) {
            values[at] = Boolean.toString(value);
        }

        @Override
        public void addFloat(float value) {
            addDouble(value);
        }

        @Override
        public void addDouble(double value) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            values[at] =
                    Double.isNaN(value)
                            ? NOTHING
                            : whole ? Long.toString((long) value) : Double.toString(value);
        }
    }
}
