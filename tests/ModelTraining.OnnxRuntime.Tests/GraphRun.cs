using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelTraining.Onnx;

namespace ModelTraining.Tests;

/// <summary>Runs graphs in ONNX Runtime.</summary>
internal static class GraphRun
{
    /// <summary>The elements and the shape of the graph's first output.</summary>
    public static (Array Elements, long[] Shape) First(Graph graph, params (string Name, Array Elements, long[] Shape)[] inputs) => All(OnnxFile.ToBytes(graph), inputs)[0];

    /// <summary>The elements and the shapes of all outputs that are tensors.</summary>
    public static IReadOnlyList<(Array Elements, long[] Shape)> All(byte[] model, params (string Name, Array Elements, long[] Shape)[] inputs)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        var values = inputs.ToDictionary(input => input.Name, input => Create(input.Elements, input.Shape));
        try
        {
            using var run = new RunOptions();
            using var outputs = session.Run(run, values, session.OutputNames);
            return [.. outputs.Where(output => output.IsTensor).Select(Read)];
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    /// <summary>A tensor of ONNX Runtime.</summary>
    public static OrtValue Create(Array elements, long[] shape)
    {
        // Patterns do not tell signed from unsigned: to the runtime an array of the one can be used as the other.
        var kind = elements.GetType().GetElementType();
        if (kind == typeof(short)) return OrtValue.CreateTensorValueFromMemory((short[])elements, shape);
        if (kind == typeof(ushort)) return OrtValue.CreateTensorValueFromMemory((ushort[])elements, shape);
        if (kind == typeof(sbyte)) return OrtValue.CreateTensorValueFromMemory((sbyte[])elements, shape);
        if (kind == typeof(byte)) return OrtValue.CreateTensorValueFromMemory((byte[])elements, shape);
        if (kind == typeof(uint)) return OrtValue.CreateTensorValueFromMemory((uint[])elements, shape);
        if (kind == typeof(ulong)) return OrtValue.CreateTensorValueFromMemory((ulong[])elements, shape);
        switch (elements)
        {
            case float[] numbers: return OrtValue.CreateTensorValueFromMemory(numbers, shape);
            case double[] numbers: return OrtValue.CreateTensorValueFromMemory(numbers, shape);
            case long[] numbers: return OrtValue.CreateTensorValueFromMemory(numbers, shape);
            case int[] numbers: return OrtValue.CreateTensorValueFromMemory(numbers, shape);
            case bool[] booleans: return OrtValue.CreateTensorValueFromMemory(booleans, shape);
            case Half[] numbers: return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, number => new Float16(BitConverter.HalfToUInt16Bits(number))), shape);
            case string[] texts:
                var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
                for (var i = 0; i < texts.Length; i++) value.StringTensorSetElementAt(texts[i].AsSpan(), i);
                return value;
            default: throw new NotSupportedException(elements.GetType().Name);
        }
    }

    /// <summary>The elements and the shape of a tensor of ONNX Runtime.</summary>
    public static (Array Elements, long[] Shape) Read(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        Array elements = info.ElementDataType switch
        {
            TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
            TensorElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
            TensorElementType.Int32 => value.GetTensorDataAsSpan<int>().ToArray(),
            TensorElementType.Int16 => value.GetTensorDataAsSpan<short>().ToArray(),
            TensorElementType.Int8 => value.GetTensorDataAsSpan<sbyte>().ToArray(),
            TensorElementType.UInt64 => value.GetTensorDataAsSpan<ulong>().ToArray(),
            TensorElementType.UInt32 => value.GetTensorDataAsSpan<uint>().ToArray(),
            TensorElementType.UInt16 => value.GetTensorDataAsSpan<ushort>().ToArray(),
            TensorElementType.UInt8 => value.GetTensorDataAsSpan<byte>().ToArray(),
            TensorElementType.Bool => value.GetTensorDataAsSpan<bool>().ToArray(),
            TensorElementType.Float16 => value.GetTensorDataAsSpan<Float16>().ToArray().Select(half => BitConverter.UInt16BitsToHalf(half.value)).ToArray(),
            TensorElementType.String => value.GetStringTensorAsArray(),
            var other => throw new NotSupportedException(other.ToString()),
        };
        return (elements, info.Shape);
    }
}
