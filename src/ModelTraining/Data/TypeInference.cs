using System.Runtime.ExceptionServices;

namespace ModelTraining;

/// <summary>
/// Makes typed columns of written ones, in parallel. The type of a column is decided when all its values are known: of the first thousand rows of a
/// column, none may tell what the last one says.
/// </summary>
internal static class TypeInference
{
    /// <summary>The columns, and how each was written. The written columns are let go on the way.</summary>
    /// <exception cref="ModelTrainingException">MT2108: a value is not of the type that Types says.</exception>
    public static (Column[] Columns, TextFormat[] Formats) Convert(CsvRows rows, CsvOptions options, string source, SourceContext context, CancellationToken cancellationToken)
    {
        var written = rows.Columns;
        var count = written.Length;
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        var counts = new WrittenCounts[count];
        Run(i => counts[i] = WrittenCounts.Of(written[i]));
        var elsewhere = options.DecimalComma is null && WrittenNumbers.UsesDecimalComma(counts);

        var columns = new Column[count];
        var formats = new TextFormat[count];
        var remarks = new string?[count];
        var problems = new Problem?[count];
        Run(i =>
        {
            var conversion = new ColumnConversion(rows.ColumnNames[i], written[i], rows.Places, context);
            var numbers = WrittenNumbers.Of(counts[i], options.DecimalComma, elsewhere, rows.Places);
            formats[i] = new TextFormat { DecimalComma = numbers.DecimalComma, DateOrder = options.DateOrder ?? DateOrder.YearMonthDay };
            if (options.Types.TryGetValue(rows.ColumnNames[i], out var said))
            {
                if (said == ColumnType.DateTime && WrittenDates.Of(written[i], options.DateOrder, rows.Places).Order is { } order) formats[i] = formats[i] with { DateOrder = order };
                (columns[i], problems[i]) = conversion.To(said, formats[i]);
            }
            else
            {
                (columns[i], formats[i], remarks[i]) = Infer(conversion, written[i], numbers, formats[i], options, rows.Places);
            }

            written[i] = null!;
        });
        foreach (var (remark, name) in remarks.Zip(rows.ColumnNames)) if (remark is not null) context.Repaired($"{source}, column '{name}': {remark}.");
        if (problems.Any(problem => problem is not null)) throw new ModelTrainingException([.. problems.OfType<Problem>()]);
        return (columns, formats);

        void Run(Action<int> convert)
        {
            try
            {
                Parallel.For(0, count, parallel, convert);
            }
            catch (AggregateException all) when (all.InnerExceptions.OfType<ModelTrainingException>().FirstOrDefault() is { } first)
            {
                ExceptionDispatchInfo.Throw(first);
            }
        }
    }

    private static (Column Column, TextFormat Format, string? Remark) Infer(
        ColumnConversion conversion, WrittenColumn written, WrittenNumbers numbers, TextFormat format, CsvOptions options, RowPlaces places)
    {
        if (numbers.Type == ColumnType.Integer) return (conversion.Integers(), format, null);
        if (numbers.Type == ColumnType.Number)
        {
            var column = conversion.Numbers(format, out var remark);
            return (column, format, remark);
        }

        if (conversion.Booleans() is { } booleans) return (booleans, format, null);
        var dates = WrittenDates.Of(written, options.DateOrder, places);
        if (dates.Order is { } order)
        {
            format = format with { DateOrder = order };
            return (conversion.Dates(format), format, dates.Remark);
        }

        return (conversion.Text(), format, numbers.Remark ?? dates.Remark);
    }
}
