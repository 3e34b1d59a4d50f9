using Microsoft.ML;
using Microsoft.ML.Data;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What a trainer of <see cref="MLNet"/> made: a transformer of ML.NET that predicts, and writes itself into the graph by ML.NET's converter. Safe to use from many threads.</summary>
public class MLNetModel : TrainedModel
{
    internal const string Score = "Score";
    internal const string Probability = "Probability";
    private const int ChunkRows = 4096;
    private const int CheckedRows = 100;

    private readonly MLContext _context;
    private readonly Lazy<ConvertedModel> _converted;

    internal MLNetModel(MLContext context, ITransformer transformer, DataViewSchema inputSchema)
    {
        (_context, Transformer, InputSchema) = (context, transformer, inputSchema);
        _converted = new Lazy<ConvertedModel>(() => new ConvertedModel(context, transformer, inputSchema, Output));
    }

    /// <summary>The fitted transformer, for what ML.NET itself can do with it.</summary>
    public ITransformer Transformer { get; }

    /// <summary>What the transformer takes: a vector 'Features' whose slots have the names of <see cref="TrainedModel.Features"/>, but for <c>MLNet.MatrixFactorization</c>. The preprocessing of the pipeline comes before it and is not in it.</summary>
    public DataViewSchema InputSchema { get; }

    private string Output => OutputOf(Task);

    /// <summary>Writes the transformer, without the pipeline's preprocessing, as ML.NET does: a zip that <c>MLContext.Model.Load</c> reads. The file is whole or untouched.</summary>
    /// <param name="path">The file, for example model.zip.</param>
    /// <exception cref="ModelTrainingException">MT3303: the file can't be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var aside = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            try
            {
                using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.ReadWrite))
                {
                    _context.Model.Save(Transformer, InputSchema, stream);
                }

                File.Move(aside, full, overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT3303", $"'{path}' can't be written: {exception.Message} Choose a folder that exists and may be written to.", exception);
        }
    }

    /// <inheritdoc/>
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (outputs.Length != (long)rows.Length * OutputCount) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * OutputCount} outputs, not {outputs.Length}.", nameof(outputs));
        if (rows.IsEmpty) return;
        var copy = rows.ToArray();
        if (threads <= 1 || copy.Length <= ChunkRows)
        {
            Predict(features, copy, outputs);
            return;
        }

        var results = new float[outputs.Length];
        Parallel.For(0, (copy.Length + ChunkRows - 1) / ChunkRows, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
        {
            var first = chunk * ChunkRows;
            var count = Math.Min(ChunkRows, copy.Length - first);
            Predict(features, copy.AsMemory(first, count), results.AsSpan(first * OutputCount, count * OutputCount));
        });
        results.CopyTo(outputs);
    }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">MT3302: a part of the transformer has no form in ONNX; the message names it.</exception>
    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var output = GamGraph.Emit(Transformer, features) ?? _converted.Value.Emit(features);
        if (Task != LearningTask.BinaryClassification) return output;
        return Value.Concat([1 - output, output], 1);
    }

    /// <summary>The name of the column that has what is predicted.</summary>
    internal static string OutputOf(LearningTask task) => task == LearningTask.BinaryClassification ? Probability : Score;

    /// <summary>Why the model has no form in ONNX; null when it has one.</summary>
    internal string? ConversionProblem() => GamGraph.Has(Transformer) ? null : _converted.Value.Problem;

    /// <exception cref="ModelTrainingException">MT3304: the transformer does not give what a model of this task has to.</exception>
    internal void ThrowIfOutputsAreUnfit(TrainingData data, string trainer)
    {
        var column = Transformer.GetOutputSchema(InputSchema).GetColumnOrNull(Output);
        var fits = column?.Type is { } type && (Task == LearningTask.MulticlassClassification
            ? type is VectorDataViewType { IsKnownSize: true } vector && vector.Size == Classes.Count && vector.ItemType == NumberDataViewType.Single
            : type == NumberDataViewType.Single);
        if (!fits)
        {
            var wanted = Task == LearningTask.MulticlassClassification ? $"a vector '{Output}' of {Classes.Count} numbers" : $"a number '{Output}'";
            throw new ModelTrainingException("MT3304", $"What {trainer} made gives {(column is { } other ? $"'{Output}' as {other.Type}" : $"no '{Output}'")}, and {Task} of '{data.Target.Column}' takes {wanted}. Use an estimator of that task.");
        }

        if (Task == LearningTask.Regression) return;
        var rows = data.TrainingRows[..Math.Min(CheckedRows, data.TrainingRows.Length)];
        var outputs = new float[rows.Length * OutputCount];
        Predict(data.Features, rows, outputs);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = outputs.AsSpan(i * OutputCount, OutputCount);
            var sum = 0f;
            foreach (var share in row) sum += share;
            if (row.ContainsAnyInRange(float.NegativeInfinity, -1e-6f) || !(Math.Abs(sum - 1) < 1e-3f))
            {
                throw new ModelTrainingException("MT3304", $"The scores of {trainer} are no probabilities: a training row has [{string.Join(", ", row.ToArray())}]. Use an estimator that gives probabilities, or MLNet.OneVersusAll.");
            }
        }
    }

    private void Predict(FeatureSet features, ReadOnlyMemory<int> rows, Span<float> outputs)
    {
        var view = Transformer.Transform(new FeatureView(features, rows));
        var column = view.Schema[Output];
        using var cursor = view.GetRowCursor([column]);
        if (Task == LearningTask.MulticlassClassification)
        {
            var scores = default(VBuffer<float>);
            var get = cursor.GetGetter<VBuffer<float>>(column);
            for (var row = 0; cursor.MoveNext(); row++)
            {
                get(ref scores);
                scores.CopyTo(outputs.Slice(row * OutputCount, OutputCount));
            }

            return;
        }

        var value = 0f;
        var getValue = cursor.GetGetter<float>(column);
        for (var row = 0; cursor.MoveNext(); row++)
        {
            getValue(ref value);
            if (OutputCount == 1) outputs[row] = value;
            else (outputs[2 * row], outputs[(2 * row) + 1]) = (1 - value, value);
        }
    }
}
