namespace ModelTraining.Torch;

/// <summary>What a step is told, in the order in which its script reads it.</summary>
internal static class StepSlots
{
    public const int Gathers = 0;
    public const int Updates = 1;
    public const int LearningRate = 2;
    public const int WeightDecay = 3;
    public const int Share = 4;
    public const int AverageShare = 5;
    public const int MaxGradNorm = 6;
    public const int UpdateNumber = 7;
    public const int LossScale = 8;
    public const int Count = 9;
}
