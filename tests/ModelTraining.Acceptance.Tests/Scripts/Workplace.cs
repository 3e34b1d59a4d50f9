using System.Text;

namespace ModelTraining.Tests.Scripts;

/// <summary>
/// A folder with the repository's small data in it, which is the current one meanwhile, and what is written to the console meanwhile. Both belong to the whole
/// process: tests that use it do not run in parallel.
/// </summary>
internal sealed class Workplace : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;
    private readonly TextWriter _console = Console.Out;
    private readonly StringBuilder _output = new();

    public Workplace()
    {
        Directory.CreateDirectory(_folder.File("samples/data"));
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.Root, "samples", "data"))) System.IO.File.Copy(file, _folder.File($"samples/data/{Path.GetFileName(file)}"));
        Environment.CurrentDirectory = _folder.Path;
        Console.SetOut(TextWriter.Synchronized(new StringWriter(_output)));
    }

    /// <summary>What was written so far.</summary>
    public string Output => _output.ToString();

    public string File(string name) => _folder.File(name);

    public void Dispose()
    {
        Console.SetOut(_console);
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }
}
