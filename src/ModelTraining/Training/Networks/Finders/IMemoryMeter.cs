namespace ModelTraining;

/// <summary>Says how much memory there is.</summary>
internal interface IMemoryMeter
{
    /// <summary>What is held, in bytes: by the process, or of the device.</summary>
    long Used();

    /// <summary>What could be taken beside that, in bytes.</summary>
    long Available();
}
