namespace ModelTraining.Onnx;

/// <summary>A tensor as the header of a safetensors file tells of it.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, long[] Shape, int Count, long Begin, int Bytes);
