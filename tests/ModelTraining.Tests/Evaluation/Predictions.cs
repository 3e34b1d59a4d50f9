namespace ModelTraining.Tests;

/// <summary>Rows with truth, predictions and weights, to be computed in several ways that have to agree.</summary>
internal sealed class Predictions
{
    private Predictions(LearningTask task, float[] targets, float[] outputs, float[] weights) => (Task, Targets, Outputs, Weights) = (task, targets, outputs, weights);

    public LearningTask Task { get; }

    public float[] Targets { get; }

    public float[] Outputs { get; }

    /// <summary>Empty when all rows count alike.</summary>
    public float[] Weights { get; }

    public int Rows => Targets.Length;

    public int ClassCount => Task switch
    {
        LearningTask.Regression => 0,
        LearningTask.BinaryClassification => 2,
        _ => 4,
    };

    public int Width => Math.Max(1, ClassCount);

    /// <summary>Somewhat good predictions with many ties; whole weights, some 0.</summary>
    public static Predictions Random(LearningTask task, SeededRandom random, int rows = 200, bool weighted = true)
    {
        var shape = new Predictions(task, new float[rows], [], []);
        var outputs = new float[rows * shape.Width];
        for (var row = 0; row < rows; row++)
        {
            shape.Targets[row] = task == LearningTask.Regression ? (float)random.NextNormal() * 10 + 100 : random.Next(shape.Width);
            if (task == LearningTask.Regression)
            {
                outputs[row] = shape.Targets[row] + (float)random.NextNormal() * 3;
                continue;
            }

            // In 64ths, so that probabilities are exact, tie often, and no two of a row are equal to 1 only by rounding.
            var rest = 64;
            for (var i = 0; i < shape.Width; i++)
            {
                var share = i == shape.Width - 1 ? rest : random.Next(rest + 1);
                outputs[row * shape.Width + i] = share / 64f;
                rest -= share;
            }

            var best = row * shape.Width + (int)shape.Targets[row];
            if (random.Next(2) == 0) (outputs[best], outputs[row * shape.Width]) = (outputs[row * shape.Width], outputs[best]);
        }

        var weights = new float[weighted ? rows : 0];
        for (var row = 0; row < weights.Length; row++) weights[row] = random.Next(4);
        return new Predictions(task, shape.Targets, outputs, weights);
    }

    public static Predictions Perfect(LearningTask task, SeededRandom random)
    {
        var random1 = Random(task, random, weighted: false);
        var outputs = new float[random1.Outputs.Length];
        for (var row = 0; row < random1.Rows; row++)
        {
            if (task == LearningTask.Regression) outputs[row] = random1.Targets[row];
            else outputs[row * random1.Width + (int)random1.Targets[row]] = 1;
        }

        return new Predictions(task, random1.Targets, outputs, []);
    }

    public Predictions Take(IReadOnlyList<int> rows) => new(
        Task,
        [.. rows.Select(row => Targets[row])],
        [.. rows.SelectMany(row => Outputs[(row * Width)..((row + 1) * Width)])],
        Weights.Length == 0 ? [] : [.. rows.Select(row => Weights[row])]);

    public Predictions WithWeights(float[] weights) => new(Task, Targets, Outputs, weights);

    /// <summary>The same with class <c>i</c> called <paramref name="positions"/>[i].</summary>
    public Predictions WithClasses(int[] positions)
    {
        var outputs = new float[Outputs.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < Width; i++) outputs[row * Width + positions[i]] = Outputs[row * Width + i];
        }

        return new Predictions(Task, [.. Targets.Select(target => (float)positions[(int)target])], outputs, Weights);
    }

    public PredictionBatch Batch(int start, int count) => new(
        Targets.AsSpan(start, count), Outputs.AsSpan(start * Width, count * Width), Weights.Length == 0 ? [] : Weights.AsSpan(start, count));

    /// <summary>The metric over all rows in batches of <paramref name="batchRows"/>.</summary>
    public double Compute(IMetric metric, int batchRows = int.MaxValue)
    {
        var state = metric.Start(ClassCount);
        for (var start = 0; start < Rows; start += Math.Min(batchRows, Rows - start)) state.Update(Batch(start, Math.Min(batchRows, Rows - start)));
        return state.Compute();
    }
}
