using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace ModelTraining;

/// <summary>An option as the report of a run lists it.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Value">Its value in words.</param>
/// <param name="IsDefault">Whether it has the value that it has when nobody says anything.</param>
internal sealed record OptionValue(string Name, string Value, bool IsDefault)
{
    private const int MostItems = 10;

    /// <summary>
    /// All options of a record in the order in which it declares them. The compiler's own <c>ToString</c> of records would do without reflection, but writes numbers
    /// as the current culture does, and of lists only their type.
    /// </summary>
    public static IReadOnlyList<OptionValue> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(T options)
        where T : class, new()
    {
        var defaults = new T();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Options that are records themselves, such as an optimizer, are written by their ToString. A checkpoint must not depend on the culture that it was made in.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property =>
            {
                var value = Text(property.GetValue(options));
                return new OptionValue(property.Name, value, value == Text(property.GetValue(defaults)));
            })];
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "not set",
        string text => text,
        bool truth => truth ? "true" : "false",
        IMetric metric => metric.Key,
        Delegate => "a function",
        IDictionary { Count: 0 } or ICollection { Count: 0 } => "none",
        IDictionary pairs => Join(pairs.Keys.Cast<object>().Select(key => $"{Text(key)}: {Text(pairs[key])}")),
        IEnumerable items => Join(items.Cast<object?>().Select(item => item is IEnumerable and not string ? $"[{Text(item)}]" : Text(item))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Join(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(MostItems)) + (all.Count > MostItems ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - MostItems} more") : "");
    }
}
