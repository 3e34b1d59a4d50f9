using System.Text;

namespace ModelTraining;

/// <summary>One piece of text: its name for messages, and how to open it.</summary>
internal sealed class CsvInput
{
    private readonly Func<Stream> _open;

    public CsvInput(string name, Func<Stream> open) => (Name, _open) = (name, open);

    public string Name { get; }

    /// <summary>The number of bytes, null when not known before they are read.</summary>
    public long? Length { get; init; }

    /// <summary>Whether reading blocks a thread on nothing slower than a disk.</summary>
    public bool Synchronous { get; init; }

    public bool LeaveOpen { get; init; }

    /// <exception cref="ModelTrainingException">MT4103: it can't be opened. MT4106: it was read before and can't be read again.</exception>
    public Stream Open() => _open();

    public static CsvInput Of(string text, string name)
    {
        // A lone surrogate can't come out of an encoding, but can be in a string; replaced, as everywhere in .NET.
        var bytes = Encoding.UTF8.GetBytes(text);
        return new CsvInput(name, () => new MemoryStream(bytes, writable: false)) { Length = bytes.Length, Synchronous = true };
    }

    public static CsvInput Of(Stream stream, string called)
    {
        var name = stream is FileStream file ? file.Name : called;
        var start = stream.CanSeek ? stream.Position : 0;
        var opened = false;
        return new CsvInput(name, Open) { Length = stream.CanSeek ? stream.Length - start : null, Synchronous = stream is MemoryStream, LeaveOpen = true };

        Stream Open()
        {
            if (opened)
            {
                if (!stream.CanSeek) throw new ModelTrainingException("MT4106", $"{name} has been read before, and it can't go back to its start. Make a new source of a new stream for each run.");
                stream.Position = start;
            }

            opened = true;
            return stream;
        }
    }
}
