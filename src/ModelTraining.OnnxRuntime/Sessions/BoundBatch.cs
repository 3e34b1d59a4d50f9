using System.Text;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The inputs and outputs of a session for a fixed number of rows, bound once to memory that stays in its place: a run allocates nothing. One thread at
/// a time.
/// </summary>
internal sealed class BoundBatch : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly OrtIoBinding _binding;
    private readonly float[]?[] _numbers;
    private readonly long[]?[] _seconds;
    private readonly OrtValue?[] _texts;
    private readonly OrtValue? _labels;
    private readonly float[] _scores;
    private readonly byte[][] _classes;

    /// <param name="session">The session.</param>
    /// <param name="manifest">What it takes and gives.</param>
    /// <param name="rows">How many rows the batch holds.</param>
    /// <param name="kept">Whether it lives long: then its memory is where pinning hinders no collection.</param>
    /// <param name="width">The numbers that a row gets where the model has no classes.</param>
    public BoundBatch(InferenceSession session, ModelManifest manifest, int rows, bool kept, int width = 1)
    {
        Rows = rows;
        var inputs = manifest.Inputs;
        (_numbers, _seconds, _texts) = (new float[]?[inputs.Count], new long[]?[inputs.Count], new OrtValue?[inputs.Count]);
        _classes = [.. manifest.Classes.Select(Encoding.UTF8.GetBytes)];
        OutputCount = _classes.Length > 0 ? _classes.Length : width;
        try
        {
            _binding = Own(session.CreateIoBinding());
            for (var i = 0; i < inputs.Count; i++)
            {
                var value = GraphColumns.TypeOf(inputs[i].Type) switch
                {
                    ElementType.String => _texts[i] = Texts(rows, 1),
                    ElementType.Int64 => Bound(_seconds[i] = Memory<long>(rows, kept), rows, 1),
                    _ when inputs[i].Type == ColumnType.Tensor => Bound(_numbers[i] = Memory<float>(checked(rows * inputs[i].Size), kept), [rows, .. inputs[i].Shape.Select(size => (long)size)]),
                    _ => Bound(_numbers[i] = Memory<float>(rows, kept), rows, 1),
                };
                _binding.BindInput(inputs[i].Name, value);
            }

            _scores = Memory<float>(checked(rows * OutputCount), kept);
            _binding.BindOutput(_classes.Length > 0 ? GraphContract.Probabilities : GraphContract.Prediction, Bound(_scores, rows, OutputCount));
            if (_classes.Length > 0) _binding.BindOutput(GraphContract.Label, _labels = Texts(rows));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The numbers that a row gets.</summary>
    public int OutputCount { get; }

    /// <summary>The values of an input of numbers, one a row.</summary>
    public Span<float> Numbers(int input) => _numbers[input];

    /// <summary>The elements that a row of an input of tensors has.</summary>
    public Span<float> Tensor(int input, int row)
    {
        var size = _numbers[input]!.Length / Rows;
        return _numbers[input].AsSpan(row * size, size);
    }

    /// <summary>The values of an input of dates, one a row.</summary>
    public Span<long> Seconds(int input) => _seconds[input];

    /// <summary>Gives a row of an input its text.</summary>
    public void SetText(int input, int row, ReadOnlySpan<char> text) => _texts[input]!.StringTensorSetElementAt(text, row);

    /// <summary>Gives a row of an input its text in UTF-8.</summary>
    public void SetText(int input, int row, ReadOnlySpan<byte> text) => _texts[input]!.StringTensorSetElementAt(text, row);

    /// <summary>Computes the outputs. Nothing is written to the inputs while it runs.</summary>
    public void Run(InferenceSession session, RunOptions options) => session.RunWithBinding(options, _binding);

    /// <summary>[rows, <see cref="OutputCount"/>]: probabilities, or predictions.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>The class that the model gave a row; −1 for regression.</summary>
    /// <exception cref="ModelTrainingException">MT3121: the label is none of the classes.</exception>
    public int Class(int row)
    {
        if (_labels is null) return -1;
        var label = _labels.GetStringElementAsSpan(row);

        // Nearly always the likeliest class, which makes one comparison of it.
        var likeliest = 0;
        var scores = Scores.Slice(row * OutputCount, OutputCount);
        for (var i = 1; i < scores.Length; i++) if (scores[i] > scores[likeliest]) likeliest = i;
        if (label.SequenceEqual(_classes[likeliest])) return likeliest;
        for (var i = 0; i < _classes.Length; i++) if (label.SequenceEqual(_classes[i])) return i;
        throw new ModelTrainingException("MT3121", $"The model gave the label '{Encoding.UTF8.GetString(label)}', which is none of its classes. Export it anew.");
    }

    public void Dispose()
    {
        // The binding first: it refers to the values.
        foreach (var owned in _owned) owned.Dispose();
        _owned.Clear();
    }

    private static T[] Memory<T>(int count, bool kept) where T : unmanaged => GC.AllocateArray<T>(count, pinned: kept);

    private OrtValue Bound<T>(T[] memory, params long[] shape) where T : unmanaged => Own(OrtValue.CreateTensorValueFromMemory(memory, shape));

    private OrtValue Texts(params long[] shape) => Own(OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape));

    private TOwned Own<TOwned>(TOwned owned) where TOwned : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
