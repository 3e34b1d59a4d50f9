using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining.Tests;

/// <summary>ML.NET without us: objects in memory, cached as its documentation advises for trainers that pass over the rows more than once, a trainer, a column of predictions.</summary>
internal static class DirectMLNet
{
    public static float[] TrainAndPredict(string name, TrainingData data)
    {
        var context = new MLContext(Trainers.Seed);
        var transformer = Trainers.Direct(name, data.Target.Task, context, !data.Weights.IsEmpty && name != "AveragedPerceptron").Fit(View(context, data, data.TrainingRows));
        var scored = transformer.Transform(View(context, data, Enumerable.Range(0, data.Features.RowCount).ToArray()));
        return data.Target.Task switch
        {
            LearningTask.Regression => [.. scored.GetColumn<float>("Score")],
            LearningTask.BinaryClassification => [.. scored.GetColumn<float>("Probability").SelectMany(probability => new[] { 1 - probability, probability })],
            _ => [.. scored.GetColumn<float[]>("Score").SelectMany(scores => scores)],
        };
    }

    public static IDataView View(MLContext context, TrainingData data, ReadOnlyMemory<int> rows)
    {
        var features = new VectorDataViewType(NumberDataViewType.Single, data.Features.Count);
        float[] Values(int row) => [.. Enumerable.Range(0, data.Features.Count).Select(feature => data.Features.Column(feature)[row])];
        float Weight(int row) => data.Weights.IsEmpty ? 1 : data.Weights[row];
        IDataView Load<T>(Func<int, T> make, DataViewType? label = null)
            where T : class
        {
            var schema = SchemaDefinition.Create(typeof(T));
            schema["Features"].ColumnType = features;
            if (label is not null) schema["Label"].ColumnType = label;
            return context.Data.Cache(context.Data.LoadFromEnumerable(rows.ToArray().Select(make).ToList(), schema));
        }

        return data.Target.Task switch
        {
            LearningTask.Regression => Load(row => new NumberRow { Features = Values(row), Weight = Weight(row), Label = data.Target.Values[row] }),
            LearningTask.BinaryClassification => Load(row => new TwoClassesRow { Features = Values(row), Weight = Weight(row), Label = data.Target.Values[row] != 0 }),
            _ => Load(row => new ClassesRow { Features = Values(row), Weight = Weight(row), Label = (uint)data.Target.Values[row] }, new KeyDataViewType(typeof(uint), data.Target.Classes.Count)),
        };
    }

    private class FeaturesRow
    {
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class NumberRow : FeaturesRow
    {
        public float Label { get; set; }
    }

    private sealed class TwoClassesRow : FeaturesRow
    {
        public bool Label { get; set; }
    }

    private sealed class ClassesRow : FeaturesRow
    {
        public uint Label { get; set; }
    }
}
