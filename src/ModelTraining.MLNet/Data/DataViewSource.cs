using System.Globalization;
using Microsoft.ML;

namespace ModelTraining;

/// <summary>Reads ML.NET's rows, in one pass.</summary>
internal sealed class DataViewSource(IDataView view, IReadOnlyDictionary<string, ColumnRole> roles) : IDataSource
{
    private const int RowsBetweenChecks = 1024;

    public string Description => "an IDataView";

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var columns = view.Schema.Where(column => !column.IsHidden && !(roles.GetValueOrDefault(column.Name) == ColumnRole.Ignored && !ReadColumn.CanRead(column.Type))).ToList();
        var count = view.GetRowCount();
        var rows = 0;
        using var cursor = view.GetRowCursor(columns);
        var read = columns.Select(column => ReadColumn.Of(cursor, column, (int)Math.Min(count ?? 0, int.MaxValue))).ToList();
        while (cursor.MoveNext())
        {
            if (rows % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (count > 0) context.Progress?.Report((double)rows / count.Value);
                Check(read, rows, context.MemoryLimitBytes);
            }

            foreach (var column in read) column.Append();
            rows++;
        }

        // A role of a column that is not there is an error; one that was left out on purpose is not.
        var there = roles.Where(role => role.Value != ColumnRole.Ignored || columns.Any(column => column.Name == role.Key)).ToDictionary();
        return new(new Table(read.Select(column => column.Build()), there));
    }

    private static void Check(List<ReadColumn> read, int rows, long limit)
    {
        var bytes = read.Sum(column => column.Bytes(rows));
        if (bytes > limit)
        {
            throw new ModelTrainingException("MT2121", string.Create(CultureInfo.InvariantCulture,
                $"an IDataView: {rows:N0} rows take {bytes:N0} bytes already, and {limit:N0} may be used. Take a part, for example with TakeRows of MLContext.Data, or, where there is more memory, allow it by WithMemoryLimit."));
        }
    }
}
