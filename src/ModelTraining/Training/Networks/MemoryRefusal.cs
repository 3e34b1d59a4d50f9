using Microsoft.ML.OnnxRuntime;

namespace ModelTraining;

/// <summary>What backends throw where they get no memory.</summary>
internal static class MemoryRefusal
{
    private const string OfLibtorch = "MT3203";

    public static bool Is(Exception exception) => exception switch
    {
        OutOfMemoryException or OverflowException => true,
        OnnxRuntimeException => exception.Message.Contains("alloc", StringComparison.OrdinalIgnoreCase),
        ModelTrainingException { Id: OfLibtorch } => true,
        _ => false,
    };
}
