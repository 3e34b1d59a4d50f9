namespace ModelTraining;

/// <summary>About how many bytes the features of a table will take, before any is made.</summary>
internal static class FeatureMemory
{
    // A column before and after it is scaled.
    private const int Copies = 2;
    private const int PartsOfADate = 5;

    public static long Of(Table table, FeatureOptions options, TrainerNeeds needs)
    {
        var columns = (long)options.Add.Count;
        foreach (var column in table.WithRole(ColumnRole.Feature))
        {
            columns += column switch
            {
                TextColumn text => OfText(text, options, needs),
                DateTimeColumn => PartsOfADate,
                _ => 1,
            };
        }

        return columns * table.RowCount * sizeof(float) * Copies;
    }

    private static int OfText(TextColumn column, FeatureOptions options, TrainerNeeds needs)
    {
        var encoding = options.EncodingByColumn.GetValueOrDefault(column.Name, options.Encoding);
        if (encoding == CategoryEncoding.Auto && (needs.MaxCategories > 0 || column.Categories.Length > options.OneHotMaxCategories)) return 1;
        return encoding is CategoryEncoding.Auto or CategoryEncoding.OneHot ? Math.Min(column.Categories.Length, options.OneHotMaxCategories) + 1 : 1;
    }
}
