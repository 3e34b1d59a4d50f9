using Microsoft.ML;

namespace ModelTraining;

/// <summary>A table for code that is written for ML.NET.</summary>
public static class MLNetTableExtensions
{
    /// <summary>
    /// The table as ML.NET reads it; values are not copied. Numbers are Single; integers Int64, or Double where some are missing; truths Boolean, or Single where some are
    /// missing; text is text, empty where missing, or keys; dates are DateTime; tensors are vectors. It shuffles when it is asked to.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="textAsKeys">Whether text is given as keys, with their values, as <c>MapValueToKey</c> would. Default false.</param>
    public static IDataView AsDataView(this Table table, bool textAsKeys = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TableDataView(table, textAsKeys);
    }
}
