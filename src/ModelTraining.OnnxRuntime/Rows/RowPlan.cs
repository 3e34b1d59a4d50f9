using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ModelTraining;

/// <summary>How objects of a type give their values to the inputs of a model. Immutable and safe to use from many threads.</summary>
internal sealed class RowPlan<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>
{
    private readonly Action<T, RowTarget>[] _writers;

    /// <exception cref="ModelTrainingException">MT2501: an input has no property. MT2504: an input has more than one. MT2506: the rows are parts of a dictionary.</exception>
    public RowPlan(InputColumns columns)
    {
        if (typeof(IReadOnlyDictionary<string, object?>).IsAssignableFrom(typeof(T)))
        {
            _writers = [(row, target) => DictionaryRow.Fill(columns, (IReadOnlyDictionary<string, object?>)row!, target)];
            return;
        }

        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            throw new ModelTrainingException("MT2506", $"A row that is a dictionary gives objects by column name, not {typeof(T).GetGenericArguments()[^1].Name}s. Make it a Dictionary<string, object?>.");
        }

        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0).ToArray();
        _writers = [.. columns.All.Select(column => Find(column.Name, properties) is { } property ? Writer(column, property)
            : column.Function >= 0 ? (row, target) => column.Set(target, columns.Functions.Of(column.Function, new Values(row, properties, columns.Functions, target)))
            : throw InputColumns.Missing(column, properties.Select(other => other.Name)))];
    }

    /// <summary>Gives the values of <paramref name="row"/> to <paramref name="target"/>.</summary>
    public void Fill(T row, RowTarget target)
    {
        ArgumentNullException.ThrowIfNull(row);
        foreach (var writer in _writers) writer(row, target);
    }

    /// <summary>The property of the column's name; or, where C# cannot spell it, the one that has the same letters and digits; null where there is none.</summary>
    private static PropertyInfo? Find(string column, PropertyInfo[] properties)
    {
        if (properties.FirstOrDefault(property => property.Name == column) is { } exact) return exact;
        var alike = properties.Where(property => Bare(property.Name).Equals(Bare(column), StringComparison.OrdinalIgnoreCase)).ToList();
        return alike.Count switch
        {
            1 => alike[0],
            0 => null,
            _ => throw new ModelTrainingException("MT2504", $"Column '{column}' could be {string.Join(" or ", alike.Select(property => property.Name))} of {typeof(T).Name}. Rename one of them, or give the row as a dictionary."),
        };
    }

    /// <summary>The row as a function sees it.</summary>
    private sealed class Values(T row, PropertyInfo[] properties, RowFunctions functions, RowTarget target) : RowValues(functions)
    {
        public override string Place => target.Place;

        protected override IEnumerable<string> Names => properties.Select(property => property.Name);

        protected override bool TryGet(string column, out object? value)
        {
            var property = Find(column, properties);
            value = property?.GetValue(row);
            return property is not null;
        }
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static Action<T, RowTarget> Writer(InputColumn column, PropertyInfo property)
    {
        // An open delegate on a struct's getter would need the struct by reference; there the general way does.
        if (typeof(T).IsValueType) return (row, target) => column.Set(target, property.GetValue(row));
        var type = property.PropertyType;
        if (type == typeof(string)) return Writer<string?>(property, (target, value) => column.Set(target, value));
        if (type == typeof(float)) return Writer<float>(property, (target, value) => column.Set(target, value));
        if (type == typeof(double)) return Writer<double>(property, (target, value) => column.Set(target, value));
        if (type == typeof(int)) return Writer<int>(property, (target, value) => column.Set(target, (long)value));
        if (type == typeof(long)) return Writer<long>(property, (target, value) => column.Set(target, value));
        if (type == typeof(bool)) return Writer<bool>(property, (target, value) => column.Set(target, value));
        if (type == typeof(DateTime)) return Writer<DateTime>(property, (target, value) => column.Set(target, value));
        if (type == typeof(float?)) return Writer<float?>(property, (target, value) => column.Set(target, value ?? float.NaN));
        if (type == typeof(double?)) return Writer<double?>(property, (target, value) => column.Set(target, value ?? double.NaN));
        if (type == typeof(int?)) return Writer<int?>(property, (target, value) => column.Set(target, value ?? IntegerColumn.Missing));
        if (type == typeof(long?)) return Writer<long?>(property, (target, value) => column.Set(target, value ?? IntegerColumn.Missing));
        return (row, target) => column.Set(target, property.GetValue(row));
    }

    private static Action<T, RowTarget> Writer<TValue>(PropertyInfo property, Action<RowTarget, TValue> set)
    {
        var get = property.GetMethod!.CreateDelegate<Func<T, TValue>>();
        return (row, target) => set(target, get(row));
    }
}
