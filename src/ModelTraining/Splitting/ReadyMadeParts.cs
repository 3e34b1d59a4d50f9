using System.Globalization;

namespace ModelTraining;

/// <summary>Reads which part each row is in from a column.</summary>
internal static class ReadyMadeParts
{
    private const byte Unknown = byte.MaxValue;

    /// <exception cref="ModelTrainingException">MT2317: the column is not text. MT2318: a value names no part. MT2319: a part that is needed has no rows.</exception>
    public static DataSplit Split(Table table, string name)
    {
        if (table[name] is not TextColumn column)
        {
            throw new ModelTrainingException("MT2317", $"Column '{name}', which the 'PartColumn' option of Split names, is of type {table[name].Type}. Name a text column of train, validation and test.");
        }

        var partOf = new byte[column.Categories.Length];
        for (var code = 0; code < partOf.Length; code++) partOf[code] = Part(column.Categories[code]);
        var parts = new byte[column.Count];
        Span<int> counts = [0, 0, 0];
        for (var row = 0; row < parts.Length; row++)
        {
            var code = column.Codes[row];
            parts[row] = code == TextColumn.MissingCode ? Unknown : partOf[code];
            if (parts[row] == Unknown) throw NoPart(column, table, row);
            counts[parts[row]]++;
        }

        if (counts[Splitter.Training] < 2 || counts[Splitter.Test] < 1)
        {
            throw new ModelTrainingException("MT2319", string.Create(CultureInfo.InvariantCulture,
                $"Column '{name}', which the 'PartColumn' option of Split names, has {counts[Splitter.Training]} training rows and {counts[Splitter.Test]} test rows: at least 2 and 1 are needed. Name more rows train or test."));
        }

        return Splitter.ToSplit(parts, stratified: false);
    }

    private static byte Part(string value) => value.Trim().ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => Splitter.Training,
        "VALIDATION" or "VALID" or "VAL" or "DEV" => Splitter.Validation,
        "TEST" => Splitter.Test,
        _ => Unknown,
    };

    private static ModelTrainingException NoPart(TextColumn column, Table table, int row) => new("MT2318",
        $"Column '{column.Name}', which the 'PartColumn' option of Split names, has {(column.Text(row) is { } value ? $"'{value}'" : "no value")} in row {table.Origin(row) + 1}. Write train, validation or test.");
}
