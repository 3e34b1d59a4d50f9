namespace ModelTraining;

/// <summary>Says how much memory there is.</summary>
internal interface IMemoryMeter
{
    /// <summary>What the process holds, in bytes.</summary>
    long Used();

    /// <summary>What it could take beside that, in bytes.</summary>
    long Available();
}
