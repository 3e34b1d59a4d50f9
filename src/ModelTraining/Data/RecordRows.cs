using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ModelTraining;

/// <summary>Takes the properties of objects into columns, one object after the other.</summary>
internal sealed class RecordRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>
{
    private const int RowsBetweenReports = 4096;

    private readonly ColumnRoles _roles;
    private readonly List<ColumnFiller<T>> _fillers = [];
    private readonly SourceContext _context;
    private readonly RowSampler _sampler;
    private readonly TableMemory _memory;
    private readonly int _total;
    private int _count;

    /// <param name="roles">The roles of the columns.</param>
    /// <param name="context">Takes progress and repairs.</param>
    /// <param name="sampler">Which objects are taken.</param>
    /// <param name="total">The number of objects; 0 when not known.</param>
    /// <exception cref="ModelTrainingException">MT2111: a property or the type is none that columns can be made of. MT2001: a role names no property.</exception>
    public RecordRows(ColumnRoles roles, SourceContext context, RowSampler sampler, int total)
    {
        ArgumentNullException.ThrowIfNull(context);
        roles.ThrowIfInvalid();
        (_context, _sampler, _total) = (context, sampler, total);
        _memory = new TableMemory(context, sampler, Description);
        _roles = Fill(roles);
        if (_fillers.Find(filler => filler.Name == roles.Label) is { } label) sampler.Classes = () => RowClasses.Of(label.Build());
        _roles.ThrowIfUnknown([.. _fillers.Select(filler => filler.Name)], Description);
    }

    public static string Description { get; } = $"records of {typeof(T).Name}";

    /// <exception cref="ModelTrainingException">MT2112: it is null, or a value does not fit its column.</exception>
    public void Take(T record, CancellationToken cancellationToken)
    {
        if (record is null) throw new ModelTrainingException("MT2112", $"Row {_count + 1} of the {Description} is null. Leave such rows out, for example by .Where(record => record is not null).");
        if (_sampler.Takes())
        {
            foreach (var filler in _fillers) filler.Append(record);
            ColumnFiller<T>.Drop(_fillers, _sampler, atEnd: false);
        }

        if (++_count % RowsBetweenReports != 0) return;
        cancellationToken.ThrowIfCancellationRequested();
        ColumnFiller<T>.Check(_fillers, _memory, _total > 0 ? Math.Min(1, _count / (double)_total) : null);
        if (_total > 0) _context.Progress?.Report(Math.Min(1, _count / (double)_total));
    }

    public Table Build()
    {
        ColumnFiller<T>.Drop(_fillers, _sampler, atEnd: true);
        ColumnFiller<T>.Check(_fillers, _memory);
        foreach (var filler in _fillers) if (filler.Remark is { } remark) _context.Repaired($"{Description}, column '{filler.Name}': {remark}.");
        var columns = _fillers.Select(filler => filler.Build()).ToList();
        if (columns.Count > 0) _sampler.ThrowIfNone(columns[0].Count, Description);
        return _roles.Build(columns, Description);
    }

    /// <returns>The roles without ignored properties that no column can hold.</returns>
    private ColumnRoles Fill(ColumnRoles roles)
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0).ToList();
        if (properties.Count == 0 || typeof(IEnumerable).IsAssignableFrom(typeof(T)))
        {
            throw new ModelTrainingException("MT2111",
                $"'{typeof(T).Name}' has no properties that could be columns. Give records of a class, record or anonymous type, for example rows.Select(row => new {{ Age = row.Item1, Income = row.Item2 }}).");
        }

        var (left, problems) = (new List<string>(), new List<Problem>());
        foreach (var property in properties)
        {
            if (RecordProperty<T>.Filler(property) is { } filler)
            {
                filler.Spill = _context.Spill;
                _fillers.Add(filler);
            }
            else if (roles.Ignored.Contains(property.Name, StringComparer.Ordinal)) left.Add(property.Name);
            else
            {
                problems.Add(new Problem("MT2111",
                    $"Property '{property.Name}' of '{typeof(T).Name}' is of type {property.PropertyType.Name}, which no column has. Make a number, text, bool, date or float[] of it in a Select, or name it in Ignored."));
            }
        }

        if (problems.Count > 0) throw new ModelTrainingException(problems);
        return left.Count == 0 ? roles : roles with { Ignored = [.. roles.Ignored.Except(left)] };
    }
}
