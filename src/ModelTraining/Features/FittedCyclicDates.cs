using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="CyclicDates"/> learned: which parts of which columns vary.</summary>
internal sealed class FittedCyclicDates(IReadOnlyList<FittedCyclicDates.Output> outputs) : IFittedTransform
{
    public string Description => $"Cyclic dates added: {string.Join(", ", outputs.Select(output => $"{output.Sine}, {output.Cosine}"))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var output in outputs)
        {
            var dates = ((DateTimeColumn)table[output.Column]).Values;
            var (sines, cosines) = (new float[dates.Length], new float[dates.Length]);
            for (var row = 0; row < sines.Length; row++)
            {
                var position = dates[row] == DateTimeColumn.Missing ? -1 : (int)output.Cycle.Part.Of(dates[row]) - output.Cycle.First;
                (sines[row], cosines[row]) = position < 0 ? (float.NaN, float.NaN) : (output.Cycle.Sines[position], output.Cycle.Cosines[position]);
            }

            edit.Add(new NumberColumn(output.Sine, sines));
            edit.Add(new NumberColumn(output.Cosine, cosines));
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var output in outputs)
        {
            var seconds = columns[output.Column];
            var missing = seconds.Equal(DateTimeColumn.MissingUnixSeconds);
            // A date for the missing ones, or their positions would be outside of the table.
            var positions = output.Cycle.Part.Emit(missing.Where(0L, seconds)) - output.Cycle.First;
            columns[output.Sine] = missing.Where(float.NaN, LookUp(output.Cycle.Sines, positions));
            columns[output.Cosine] = missing.Where(float.NaN, LookUp(output.Cycle.Cosines, positions));
        }
    }

    private static Value LookUp(float[] table, Value positions) => positions.Graph.Constant(Tensor.Of(table, table.Length)).Gather(positions);

    internal sealed record Output(string Column, Cycle Cycle, string Sine, string Cosine);

    /// <summary>
    /// A part of a date that comes round, with sine and cosine of all its values in tables: sines of different libraries differ in their last bit.
    /// </summary>
    internal sealed class Cycle
    {
        private Cycle(DatePart part, int first, int count, double period)
        {
            (Part, First) = (part, first);
            Sines = [.. Enumerable.Range(0, count).Select(position => (float)Math.Sin(2 * Math.PI * position / period))];
            Cosines = [.. Enumerable.Range(0, count).Select(position => (float)Math.Cos(2 * Math.PI * position / period))];
        }

        public static IReadOnlyList<Cycle> All { get; } =
        [
            new(DatePart.Hour, 0, 24, 24), new(DatePart.Weekday, 1, 7, 7), new(DatePart.Month, 1, 12, 12),
            new(DatePart.YearDay, 1, 366, 365.2425), // the mean of the Gregorian calendar
        ];

        public DatePart Part { get; }

        /// <summary>The part's smallest value.</summary>
        public int First { get; }

        public float[] Sines { get; }

        public float[] Cosines { get; }
    }
}
