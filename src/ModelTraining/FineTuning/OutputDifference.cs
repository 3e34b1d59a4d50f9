namespace ModelTraining;

/// <summary>Compares what two forms of a network give for the same real rows, those of the validation part where there is one.</summary>
internal static class OutputDifference
{
    private const int MostRows = 256;

    /// <param name="before">The one form.</param>
    /// <param name="after">The other.</param>
    /// <param name="data">Where rows are taken from.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="tolerance">The largest difference that is allowed.</param>
    /// <param name="tooLarge">The error of a row that differs by more: its number, and what it gave before and after.</param>
    /// <returns>The number of rows, and the largest difference.</returns>
    public static (int Rows, double Largest) Of(NetworkModel before, NetworkModel after, TrainingData data, int threads, double tolerance, Func<int, float, float, ModelTrainingException> tooLarge)
    {
        var from = data.ValidationRows.IsEmpty ? data.TrainingRows.Span : data.ValidationRows.Span;
        var rows = from[..Math.Min(from.Length, MostRows)];
        var (first, second) = (new float[rows.Length * before.OutputCount], new float[rows.Length * before.OutputCount]);
        before.Predict(data.Features, rows, first, threads);
        after.Predict(data.Features, rows, second, threads);
        var largest = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var difference = Math.Abs((double)first[i] - second[i]) / Math.Max(1, Math.Abs(first[i]));
            if (!(difference <= tolerance)) throw tooLarge(rows[i / before.OutputCount], first[i], second[i]);
            largest = Math.Max(largest, difference);
        }

        return (rows.Length, largest);
    }
}
