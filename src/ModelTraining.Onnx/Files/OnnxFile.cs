using Google.Protobuf;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>
/// Reads and writes graphs as ONNX files. What is read is taken for a stranger's: sizes are checked before memory is taken, a path to weights in
/// another file cannot leave the model's folder, and whatever is wrong is a <see cref="ModelTrainingException"/>.
/// </summary>
public static class OnnxFile
{
    private const long LargestMessage = int.MaxValue - 1024 * 1024;

    /// <summary>Writes <paramref name="graph"/> into the file at <paramref name="path"/>, which is whole or untouched: it is written aside and renamed.</summary>
    /// <exception cref="ModelTrainingException">MT3110: the graph is not whole. MT4204: it is larger than an ONNX file can be. MT4205: the file can't be written.</exception>
    public static void Save(Graph graph, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = Checked(graph);
        var full = Path.GetFullPath(path);
        var aside = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            try
            {
                using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
                {
                    model.WriteTo(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(aside, full, overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4205", $"'{path}' can't be written: {exception.Message} Choose a folder that exists and may be written to.", exception);
        }
    }

    /// <summary>Writes <paramref name="graph"/> into <paramref name="stream"/>, which stays open.</summary>
    /// <exception cref="ModelTrainingException">MT3110: the graph is not whole. MT4204: it is larger than an ONNX file can be.</exception>
    public static void Save(Graph graph, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Checked(graph).WriteTo(stream);
    }

    /// <summary>The bytes of an ONNX file of <paramref name="graph"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3110: the graph is not whole. MT4204: it is larger than an ONNX file can be.</exception>
    public static byte[] ToBytes(Graph graph) => Checked(graph).ToByteArray();

    /// <summary>Reads the file at <paramref name="path"/>, and the weights that it keeps in other files of the same folder.</summary>
    /// <exception cref="ModelTrainingException">MT4200: it is no ONNX file, or is cut off. MT4201–4203: a tensor is malformed. MT4206: the file can't be read. MT311x: the graph makes no sense.</exception>
    public static Graph Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Read(path, Path.GetDirectoryName(Path.GetFullPath(path)), () => ModelProto.Parser.ParseFrom(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4206", $"'{path}' can't be read: {exception.Message} Check the path.", exception);
        }
    }

    /// <summary>Reads a model from <paramref name="stream"/>, to its end. All weights must be inside.</summary>
    /// <exception cref="ModelTrainingException">MT4200: it is no ONNX file, or is cut off. MT4201–4203: a tensor is malformed. MT311x: the graph makes no sense.</exception>
    public static Graph Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read("the stream", null, () => ModelProto.Parser.ParseFrom(stream));
    }

    /// <summary>Reads a model from the bytes of an ONNX file. All weights must be inside.</summary>
    /// <exception cref="ModelTrainingException">MT4200: it is no ONNX file, or is cut off. MT4201–4203: a tensor is malformed. MT311x: the graph makes no sense.</exception>
    public static Graph Load(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Read("the bytes", null, () => ModelProto.Parser.ParseFrom(bytes));
    }

    private static Graph Read(string source, string? folder, Func<ModelProto> parse)
    {
        try
        {
            var model = parse();
            if (model.Graph is null || !model.HasIrVersion) throw new ModelTrainingException("MT4200", "It is no ONNX model: it holds no graph. Check that the file is the right one.");
            return GraphReader.Read(model, new TensorReader(folder));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ModelTrainingException([new Problem("MT4200", "It is no ONNX model, or is cut off. Check that the file is the right one, and copy it anew.")], source, exception);
        }
        catch (ModelTrainingException exception) when (exception.Place is null)
        {
            throw new ModelTrainingException(exception.Problems, source, exception);
        }
    }

    private static ModelProto Checked(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var size = graph.Constants.Values.Where(tensor => tensor.Type != ElementType.String).Sum(tensor => ElementTypes.ByteCount(tensor.Type, tensor.Count));
        if (size > LargestMessage) throw new ModelTrainingException("MT4204", $"The weights of graph '{graph.Name}' take {size} bytes; an ONNX file holds at most {LargestMessage}. Use a smaller network or smaller numbers.");
        return GraphWriter.Write(graph);
    }
}
