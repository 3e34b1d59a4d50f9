using System.Globalization;

namespace ModelTraining;

/// <summary>Nearest neighbours as a trainer: keeps the training rows.</summary>
internal sealed class KNearestTrainer(KNearestOptions options) : ITrainer
{
    private const long BytesWorthAWarning = 200_000_000;

    /// <summary>An ONNX file is a protobuf message, which ends at 2³¹ bytes; some are left for all else.</summary>
    private const long MostBytes = 2_000_000_000;

    public string Name => "Neighbors.KNearest";

    public TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public long? EstimateMemoryBytes(TrainingData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        return BytesOf(data.TrainingRows.Length, data.Features.Count, VotesOf(data.Target));
    }

    public IEnumerable<Problem> Validate() => options.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        TrainingDataCheck.Throw(data, finiteFeatures: true, severalClasses: true);
        return await Task.Run(() => Remember(data, context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private KNearestModel Remember(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = data.TrainingRows.ToArray();
        if (!data.Weights.IsEmpty) rows = Array.FindAll(rows, row => data.Weights[row] > 0);
        var votes = VotesOf(data.Target);
        CheckSize(rows.Length, data.Features.Count, votes, context.Warn);
        if (options.Neighbors > rows.Length) context.Warn($"{options.Neighbors} neighbours were asked for, and there are {rows.Length} training rows: all of them predict alike.");
        var points = new float[rows.Length * data.Features.Count];
        for (var feature = 0; feature < data.Features.Count; feature++)
        {
            var column = data.Features.Column(feature);
            for (var i = 0; i < rows.Length; i++) points[(i * data.Features.Count) + feature] = column[rows[i]];
        }

        var cast = new double[rows.Length * votes];
        for (var i = 0; i < rows.Length; i++)
        {
            double weight = data.Weights.IsEmpty ? 1 : data.Weights[rows[i]];
            var value = data.Target.Values[rows[i]];
            if (data.Target.Task == LearningTask.Regression) (cast[2 * i], cast[(2 * i) + 1]) = (weight * value, weight);
            else cast[(i * votes) + (int)value] = weight;
        }

        return new KNearestModel(points, cast, rows.Length, Math.Min(options.Neighbors, rows.Length))
        {
            Trainer = Name,
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
        };
    }

    private static int VotesOf(Target target) => target.Task == LearningTask.Regression ? 2 : target.OutputCount;

    private static long BytesOf(int rows, int features, int votes) => rows * ((4L * features) + (8L * (votes + 1)));

    /// <summary>Says before anything is copied how large the model will be.</summary>
    /// <exception cref="ModelTrainingException">MT2458: larger than a file can be.</exception>
    internal static void CheckSize(int rows, int features, int votes, Action<string> warn)
    {
        var bytes = BytesOf(rows, features, votes);
        if (bytes > MostBytes)
        {
            throw new ModelTrainingException("MT2458", string.Create(CultureInfo.InvariantCulture, $"The {rows} training rows would make a model of {bytes / 1e9:F1} GB, and {MostBytes / 1e9:F0} GB is the most that an ONNX file holds. Train on fewer rows, or by Trees or Linear."));
        }

        if (bytes > BytesWorthAWarning) warn(string.Create(CultureInfo.InvariantCulture, $"The model holds all {rows} training rows: the exported file will have {bytes / 1e6:F0} MB, and every prediction looks at all of it. Trees and Linear make small models."));
    }
}
