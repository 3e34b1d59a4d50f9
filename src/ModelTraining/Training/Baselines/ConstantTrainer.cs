namespace ModelTraining;

/// <summary>The mean or the classes' shares as a trainer.</summary>
internal sealed class ConstantTrainer : ITrainer
{
    public string Name => "Baselines.Constant";

    // Features are not looked at, so none has to be changed for it: not even categories beyond those that trees take.
    public TrainerNeeds Needs { get; } = new() { HandlesMissing = true, MaxCategories = 254, OutOfCore = true };

    public IEnumerable<Problem> Validate() => [];

    public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        TrainingDataCheck.Throw(data, finiteFeatures: false, severalClasses: false);
        var sums = new double[data.Target.OutputCount];
        var total = 0.0;
        foreach (var row in data.TrainingRows.Span)
        {
            double weight = data.Weights.IsEmpty ? 1 : data.Weights[row];
            total += weight;
            if (data.Target.Task == LearningTask.Regression) sums[0] += weight * data.Target.Values[row];
            else sums[(int)data.Target.Values[row]] += weight;
        }

        return ValueTask.FromResult<TrainedModel>(new ConstantModel(Array.ConvertAll(sums, sum => (float)(sum / total)))
        {
            Trainer = Name,
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
            Importances = [.. data.Features.Features.Select(feature => new FeatureImportance(feature.Name, 0, 0))],
        });
    }
}
