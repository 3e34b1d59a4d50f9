using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

internal static class RecurrentCases
{
    private const int Length = 3, Batch = 2, Features = 2, Hidden = 2;

    public static IReadOnlyList<GradientCase> All { get; } =
    [
        Case("LSTM", 4, "forward", LstmStep),
        Case("LSTM, reverse", 4, "reverse", LstmStep),
        Case("LSTM, both directions", 4, "bidirectional", LstmStep),
        Case("GRU", 3, "forward", (w, x, h, c) => GruStep(w, x, h, false)),
        Case("GRU, reset after, both directions", 3, "bidirectional", (w, x, h, c) => GruStep(w, x, h, true), ("linear_before_reset", 1L)),
        Case("RNN", 1, "forward", (w, x, h, c) => ([.. Enumerable.Range(0, Hidden).Select(i => Math.Tanh(w.Input(x, i) + w.State(h, i)))], c)),
        new("LSTM, states that are given", [[Length, Batch, Features], [1, 8, 2], [1, 8, 2], [1, 16], [1, Batch, Hidden], [1, Batch, Hidden]], x => Last(x[0].Graph.Add(
            "LSTM", [x[0], x[1], x[2], x[3], null, x[4], x[5]], [(x[0].Type, null), (x[0].Type, null), (x[0].Type, null)], [("hidden_size", 2L)])))
        {
            KnownAxes = [0], Weights = true, Reference = x => States(x, 4, "forward", LstmStep, x[4], x[5]),
        },
    ];

    private delegate (double[] H, double[] C) Step(Direction weights, double[] x, double[] h, double[] c);

    /// <summary>All states and the last one, so that both outputs get a gradient.</summary>
    private static Value Last(IReadOnlyList<Value> outputs) => Value.Concat([outputs[0].Reshape(-1), outputs[1].Reshape(-1), .. outputs.Skip(2).Select(output => output.Reshape(-1))], 0);

    private static GradientCase Case(string name, int gates, string direction, Step step, params (string, object)[] attributes)
    {
        var directions = direction == "bidirectional" ? 2 : 1;
        var opType = name.Split(',')[0];
        return new(name, [[Length, Batch, Features], [directions, gates * Hidden, Features], [directions, gates * Hidden, Hidden], [directions, 2 * gates * Hidden]], x => Last(x[0].Graph.Add(
            opType, [.. x], Enumerable.Repeat<(ElementType, IReadOnlyList<Dimension>?)>((x[0].Type, null), gates == 4 ? 3 : 2).ToArray(), [("hidden_size", (long)Hidden), ("direction", direction), .. attributes])))
        {
            KnownAxes = [0], Weights = true, Reference = x => States(x, gates, direction, step, null, null),
        };
    }

    private static double[] States(double[][] x, int gates, string direction, Step step, double[]? initialH, double[]? initialC)
    {
        string[] directions = direction == "bidirectional" ? ["forward", "reverse"] : [direction];
        var all = new double[Length * directions.Length * Batch * Hidden];
        var (last, cells) = (new List<double>(), new List<double>());
        for (var d = 0; d < directions.Length; d++)
        {
            for (var b = 0; b < Batch; b++)
            {
                var h = initialH?[(b * Hidden)..((b + 1) * Hidden)] ?? new double[Hidden];
                var c = initialC?[(b * Hidden)..((b + 1) * Hidden)] ?? new double[Hidden];
                for (var i = 0; i < Length; i++)
                {
                    var t = directions[d] == "reverse" ? Length - 1 - i : i;
                    (h, c) = step(new Direction(x, d, gates), x[0][(((t * Batch) + b) * Features)..(((t * Batch) + b + 1) * Features)], h, c);
                    h.CopyTo(all, ((((t * directions.Length) + d) * Batch) + b) * Hidden);
                }

                last.AddRange(h);
                cells.AddRange(c);
            }
        }

        return gates == 4 ? [.. all, .. last, .. cells] : [.. all, .. last];
    }

    private static (double[] H, double[] C) LstmStep(Direction w, double[] x, double[] h, double[] c)
    {
        double Gate(int gate, int i) => w.Input(x, (gate * Hidden) + i) + w.State(h, (gate * Hidden) + i);
        double[] next = [.. Enumerable.Range(0, Hidden).Select(i => (Sigmoid(Gate(2, i)) * c[i]) + (Sigmoid(Gate(0, i)) * Math.Tanh(Gate(3, i))))];
        return ([.. Enumerable.Range(0, Hidden).Select(i => Sigmoid(Gate(1, i)) * Math.Tanh(next[i]))], next);
    }

    private static (double[] H, double[] C) GruStep(Direction w, double[] x, double[] h, bool after)
    {
        double[] reset = [.. Enumerable.Range(0, Hidden).Select(i => Sigmoid(w.Input(x, Hidden + i) + w.State(h, Hidden + i)))];
        double[] shown = [.. h.Select((state, i) => after ? state : reset[i] * state)];
        double[] next = [.. Enumerable.Range(0, Hidden).Select(i =>
        {
            var update = Sigmoid(w.Input(x, i) + w.State(h, i));
            var candidate = Math.Tanh(w.Input(x, (2 * Hidden) + i) + ((after ? reset[i] : 1) * w.State(shown, (2 * Hidden) + i)));
            return ((1 - update) * candidate) + (update * h[i]);
        })];
        return (next, []);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed class Direction(double[][] x, int direction, int gates)
    {
        public double Input(double[] values, int row) => Row(x[1], values, row) + x[3][(direction * 2 * gates * Hidden) + row];

        public double State(double[] values, int row) => Row(x[2], values, row) + x[3][(((direction * 2) + 1) * gates * Hidden) + row];

        private double Row(double[] weights, double[] values, int row) => values.Select((value, i) => value * weights[(((direction * gates * Hidden) + row) * values.Length) + i]).Sum();
    }
}
