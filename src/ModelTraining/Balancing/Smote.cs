namespace ModelTraining;

/// <summary>Rows on segments between a class's neighbours.</summary>
internal sealed class Smote(SmoteOptions options) : RowMaking(options.Strategy, options.Neighbors)
{
    internal override string Name => "Resample.Smote";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);
}
