namespace ModelTraining;

/// <summary>
/// The trunk thaws from the head towards the input, part by part (gradual unfreezing; Howard and Ruder, "Universal Language Model Fine-tuning for Text Classification", 2018).
/// </summary>
public sealed record GradualThaw : ThawSchedule
{
    /// <summary>How many epochs pass before each part, the first too. Default 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Into how many parts of as many layers the trunk is divided; as many as it has layers where it has fewer. Default 4.</summary>
    public int Parts { get; init; } = 4;

    /// <summary>The schedule in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{Parts} parts from the head on, one every {(Every == 1 ? "epoch" : $"{Every} epochs")}");

    internal override int? AfterEpochs(string weight, int layersAfter, int layers)
    {
        var parts = Math.Min(Parts, Math.Max(1, layers));
        // What comes before the first layer belongs to it.
        var part = (int)((long)Math.Min(layersAfter, Math.Max(0, layers - 1)) * parts / Math.Max(1, layers));
        return (part + 1) * Every;
    }

    internal override IEnumerable<Problem> Validate(string entry, int epochs)
    {
        if (Every < 1) yield return new Problem("MT1750", $"The 'Every' option of {entry}'s GradualThaw must be at least 1. Got {Every}.");
        if (Parts < 1) yield return new Problem("MT1750", $"The 'Parts' option of {entry}'s GradualThaw must be at least 1. Got {Parts}.");
        if (Every >= epochs) yield return new Problem("MT1750", $"The GradualThaw of {entry} thaws after every {Every} epochs, and there are {epochs}: nothing would thaw. Lower 'Every', or raise 'Epochs'.");
    }
}
