using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ModelTraining;

/// <summary>Reads the properties of objects, in one pass.</summary>
internal sealed class RecordSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IEnumerable<T> records, ColumnRoles roles) : IDataSource
{
    private const int RowsBetweenReports = 4096;

    public string Description { get; } = $"records of {typeof(T).Name}";

    public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        roles.ThrowIfInvalid();
        var fillers = Fillers(out var known);
        known.ThrowIfUnknown([.. fillers.Select(filler => filler.Name)], Description);
        var total = records.TryGetNonEnumeratedCount(out var count) ? count : 0;
        var row = 0;
        foreach (var record in records)
        {
            if (record is null) throw new ModelTrainingException("MT2112", $"Row {row + 1} of the {Description} is null. Leave such rows out, for example by .Where(record => record is not null).");
            foreach (var filler in fillers) filler.Append(record);
            if (++row % RowsBetweenReports != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (total > 0) context.Progress?.Report(Math.Min(1, row / (double)total));
        }

        foreach (var filler in fillers) if (filler.Remark is { } remark) context.Repaired($"{Description}, column '{filler.Name}': {remark}.");
        return new(known.Build([.. fillers.Select(filler => filler.Build())], Description));
    }

    /// <param name="known">The roles without ignored properties that no column can hold.</param>
    private List<ColumnFiller<T>> Fillers(out ColumnRoles known)
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0).ToList();
        if (properties.Count == 0 || typeof(IEnumerable).IsAssignableFrom(typeof(T)))
        {
            throw new ModelTrainingException("MT2111",
                $"'{typeof(T).Name}' has no properties that could be columns. Give records of a class, record or anonymous type, for example rows.Select(row => new {{ Age = row.Item1, Income = row.Item2 }}).");
        }

        var fillers = new List<ColumnFiller<T>>();
        var (left, problems) = (new List<string>(), new List<Problem>());
        foreach (var property in properties)
        {
            if (RecordProperty<T>.Filler(property) is { } filler) fillers.Add(filler);
            else if (roles.Ignored.Contains(property.Name, StringComparer.Ordinal)) left.Add(property.Name);
            else
            {
                problems.Add(new Problem("MT2111",
                    $"Property '{property.Name}' of '{typeof(T).Name}' is of type {property.PropertyType.Name}, which no column has. Make a number, text, bool, date or float[] of it in a Select, or name it in Ignored."));
            }
        }

        if (problems.Count > 0) throw new ModelTrainingException(problems);
        known = left.Count == 0 ? roles : roles with { Ignored = [.. roles.Ignored.Except(left)] };
        return fillers;
    }
}
