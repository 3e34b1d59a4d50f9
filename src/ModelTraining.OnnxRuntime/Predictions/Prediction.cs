namespace ModelTraining;

/// <summary>What a model says of a row: a class with probabilities, or a number.</summary>
public readonly struct Prediction
{
    private readonly IReadOnlyList<string> _classes;
    private readonly float[] _scores;
    private readonly int _start;
    private readonly int _class;

    internal Prediction(IReadOnlyList<string> classes, float[] scores, int start, int predicted) => (_classes, _scores, _start, _class) = (classes, scores, start, predicted);

    /// <summary>The class that the model chose: the likeliest one, or by the model's threshold where it has one (<see cref="ModelManifest.Threshold"/>); null for regression.</summary>
    public string? Label => _class < 0 ? null : _classes[_class];

    /// <summary>The probability of <see cref="Label"/>, in [0, 1]; null for regression.</summary>
    public float? Probability => _class < 0 ? null : _scores[_start + _class];

    /// <summary>The probabilities of all classes, in their order; they sum to 1. Empty for regression.</summary>
    public IReadOnlyList<float> Probabilities => _class < 0 ? Array.Empty<float>() : new ArraySegment<float>(_scores, _start, _classes.Count);

    /// <summary>The predicted number; null for classification.</summary>
    public float? Value => _class < 0 ? _scores[_start] : null;

    /// <summary>The probability of a class.</summary>
    /// <exception cref="ModelTrainingException">MT2505: the model has no such class; the message has the nearest names.</exception>
    public float this[string label]
    {
        get
        {
            for (var i = 0; i < _classes.Count; i++) if (_classes[i] == label) return _scores[_start + i];
            throw new ModelTrainingException("MT2505", $"The model has no class '{label}'. {NearestNames.Sentence(label, _classes)}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _class < 0
        ? _scores[_start].ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Label} ({Probability:P1})");
}
