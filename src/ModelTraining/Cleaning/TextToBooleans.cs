namespace ModelTraining;

/// <summary>Reads text as booleans where every value is one in words, and both occur: a column of nothing but 'f' may well mean female.</summary>
internal static class TextToBooleans
{
    public static TextReading? TryRead(TextValues values)
    {
        var rows = 0;
        var byCode = new byte[values.Counts.Length];
        var readable = new bool[byCode.Length];
        var (anyTrue, anyFalse) = (false, false);
        for (var code = 0; code < byCode.Length; code++)
        {
            if (values.Counts[code] == 0) continue;
            if (!TextFormat.TryParseBoolean(values.Column.Categories[code], out var value)) return null;
            byCode[code] = value ? (byte)1 : (byte)0;
            readable[code] = true;
            rows += values.Counts[code];
            if (value) anyTrue = true;
            else anyFalse = true;
        }

        if (!anyTrue || !anyFalse) return null;
        return new TextReading(new BooleanColumn(values.Column.Name, values.Rows(byCode, readable, BooleanColumn.Missing)), TextFormat.Invariant, rows, "are booleans");
    }
}
