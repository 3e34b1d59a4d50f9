namespace ModelTraining;

/// <summary>A bin of a histogram. Numbers at <paramref name="From"/> are in it; those at <paramref name="To"/> are in the next, but for the last bin, as with NumPy's histogram.</summary>
/// <param name="From">Where it begins; of dates in seconds since 1970.</param>
/// <param name="To">Where it ends; of dates in seconds since 1970.</param>
/// <param name="Count">The number of values in it.</param>
public readonly record struct HistogramBin(double From, double To, int Count);
