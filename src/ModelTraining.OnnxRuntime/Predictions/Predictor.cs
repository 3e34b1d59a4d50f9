using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// A model that was exported by this library, ready to predict raw rows: objects, dictionaries or tables with the columns that it was trained on. Values
/// are brought into form as in training: text is trimmed and parsed, markers of missing values are missing. Safe to use from many threads; hold one for
/// as long as there are rows to predict, and dispose it then.
/// </summary>
public sealed class Predictor : IDisposable
{
    private const DynamicallyAccessedMemberTypes Properties = DynamicallyAccessedMemberTypes.PublicProperties;

    private readonly ModelSession _session;
    private readonly PredictorOptions _options;
    private readonly InputColumns _columns;
    private readonly ConcurrentDictionary<Type, object> _plans = new();

    private Predictor(Graph graph, PredictorOptions options, Func<SessionOptions, InferenceSession> open, RowFunctions? functions = null)
    {
        _options = options;
        Manifest = ModelManifest.ReadFrom(graph);
        Schema = new Schema(Manifest.Inputs.Select(input => new ColumnInfo(input.Name, input.Type) { Format = input.Format }));
        _columns = new InputColumns(Manifest, functions);
        _session = new ModelSession(Manifest, open);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The columns that the model takes.</summary>
    public Schema Schema { get; }

    /// <summary>Loads the model in the file at <paramref name="path"/>.</summary>
    /// <param name="path">An ONNX file that this library exported.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ModelTrainingException">MT420x: the file can't be read, or is no ONNX file. MT4210–4213: it was not exported by this library, or by a newer one, or is damaged. MT150x: an option is wrong.</exception>
    public static Predictor Load(string path, Func<PredictorOptions, PredictorOptions>? configure = null)
    {
        var options = Configured(configure);
        var graph = OnnxFile.Load(path);
        return Placed(path, () => new Predictor(graph, options, session => new InferenceSession(path, session)));
    }

    /// <summary>Loads a model from the bytes of an ONNX file.</summary>
    /// <param name="model">The bytes of an ONNX file that this library exported. Not kept.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ModelTrainingException">As with a path.</exception>
    public static Predictor Load(byte[] model, Func<PredictorOptions, PredictorOptions>? configure = null)
    {
        var options = Configured(configure);
        var graph = OnnxFile.Load(model);
        return Placed("the bytes", () => new Predictor(graph, options, session => new InferenceSession(model, session)));
    }

    /// <summary>A model of this process, with the functions that compute some of its inputs.</summary>
    internal static Predictor Load(byte[] model, RowFunctions functions)
    {
        var graph = OnnxFile.Load(model);
        return Placed("the bytes", () => new Predictor(graph, new PredictorOptions(), session => new InferenceSession(model, session), functions));
    }

    /// <summary>Predicts a row given by column name; null is a missing value. Columns that the data had and the model does not need are passed over.</summary>
    /// <exception cref="ModelTrainingException">MT2501: a column is missing. MT2502: a name is not known. MT2503: a value does not fit its column.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    [OverloadResolutionPriority(2)]
    public Prediction Predict(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return PredictRow(batch => DictionaryRow.Fill(_columns, row, new RowTarget(batch, 0, -1)));
    }

    /// <summary>
    /// Predicts a row given as an object: a column is the public property of its name or, where C# cannot spell that (marital-status), of the same letters
    /// and digits (MaritalStatus). Other properties are passed over.
    /// </summary>
    /// <exception cref="ModelTrainingException">MT2501: a column has no property. MT2503: a value does not fit its column. MT2504: a column has two.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    public Prediction Predict<[DynamicallyAccessedMembers(Properties)] T>(T row)
    {
        var plan = Plan<T>();
        return PredictRow(batch => plan.Fill(row, new RowTarget(batch, 0, -1)));
    }

    /// <summary>Predicts the rows of a table. Columns that the data had and the model does not need are passed over.</summary>
    /// <exception cref="ModelTrainingException">MT2501: a column is missing. MT2502: a column is not known. MT2503: a value does not fit its column.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    [OverloadResolutionPriority(2)]
    public PredictionTable Predict(Table table, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        return PredictAll(new TableRows(table, _columns), cancellationToken);
    }

    /// <summary>Predicts rows given as objects, or as dictionaries, read on the caller's thread.</summary>
    /// <exception cref="ModelTrainingException">As with one row; the message has the row's position.</exception>
    /// <exception cref="ObjectDisposedException">The predictor was disposed.</exception>
    [OverloadResolutionPriority(1)]
    public PredictionTable Predict<[DynamicallyAccessedMembers(Properties)] T>(IEnumerable<T> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return PredictAll(new ObjectRows<T>(rows as IReadOnlyList<T> ?? [.. rows], Plan<T>()), cancellationToken);
    }

    /// <summary>Lets the model go once the last call is done. Later calls fail.</summary>
    public void Dispose() => _session.Dispose();

    private RowPlan<T> Plan<[DynamicallyAccessedMembers(Properties)] T>() =>
        (RowPlan<T>)(_plans.TryGetValue(typeof(T), out var plan) ? plan : _plans.GetOrAdd(typeof(T), new RowPlan<T>(_columns)));

    private Prediction PredictRow(Action<BoundBatch> fill)
    {
        _session.Enter();
        try
        {
            var batch = _session.RentRow();
            try
            {
                fill(batch);
                _session.Run(batch);
                return new Prediction(Manifest.Classes, batch.Scores.ToArray(), 0, batch.Class(0));
            }
            finally
            {
                _session.Return(batch);
            }
        }
        finally
        {
            _session.Leave();
        }
    }

    private PredictionTable PredictAll(RowSource rows, CancellationToken cancellationToken)
    {
        var result = new PredictionTable(Manifest.Classes, rows.Count);
        _session.Enter();
        try
        {
            var threads = rows.IsThreadSafe ? _options.Threads : 1;
            BatchRun.Over(_session, rows, result, threads, _options.BatchSize, cancellationToken);
            return result;
        }
        finally
        {
            _session.Leave();
        }
    }

    private static PredictorOptions Configured(Func<PredictorOptions, PredictorOptions>? configure)
    {
        var options = configure is null ? new PredictorOptions() : configure(new PredictorOptions());
        ArgumentNullException.ThrowIfNull(options, nameof(configure));
        return options.Validate().ToArray() is { Length: > 0 } problems ? throw new ModelTrainingException(problems) : options;
    }

    private static Predictor Placed(string place, Func<Predictor> load)
    {
        try
        {
            return load();
        }
        catch (ModelTrainingException exception) when (exception.Place is null)
        {
            throw new ModelTrainingException(exception.Problems, place, exception);
        }
    }
}
