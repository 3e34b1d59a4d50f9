namespace ModelTraining;

/// <summary>Takes every row.</summary>
internal sealed class AllRows : RowSampler
{
    public override string? Says(int rows) => null;

    protected override bool Draw() => true;
}
