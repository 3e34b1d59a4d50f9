namespace ModelTraining;

/// <summary>The words of a column, numbered as they are met, with all the ways in which they are written. Not thread-safe.</summary>
internal sealed class Lexicon
{
    private const long PassedOver = -1;

    private readonly Dictionary<string, long> _byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _byWritten = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly HashSet<string> _stopWords;

    /// <param name="stopWords">Words that are passed over.</param>
    public Lexicon(IEnumerable<string> stopWords) => _stopWords = [.. stopWords];

    /// <summary>The number of a written word, −1 where it is passed over: a stop word, or nothing but dashes and quotes.</summary>
    public long NumberOf(string written)
    {
        if (_byWritten.TryGetValue(written, out var number)) return number;
        var word = WordSplitter.Fold(written);
        if (word.Length == 0 || _stopWords.Contains(word))
        {
            number = PassedOver;
        }
        else if (!_byWord.TryGetValue(word, out number))
        {
            number = _words.Count;
            _byWord.Add(word, number);
            _words.Add(word);
        }

        _byWritten.Add(written, number);
        return number;
    }

    /// <summary>The words of these numbers.</summary>
    public string[] WordsOf(long[] numbers) => Array.ConvertAll(numbers, number => _words[(int)number]);

    /// <summary>The new number of each way in which one of <paramref name="words"/> is written, and −1 for what is passed over; the others are left out.</summary>
    public SortedDictionary<string, long> Numbered(IReadOnlyDictionary<string, long> words)
    {
        var numbered = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (written, number) in _byWritten)
        {
            if (number == PassedOver) numbered.Add(written, number);
            else if (words.TryGetValue(_words[(int)number], out var kept)) numbered.Add(written, kept);
        }

        foreach (var (word, number) in words) Add(word, number);
        foreach (var word in _stopWords) if (word.Length > 0) Add(word, PassedOver);
        return numbered;

        void Add(string word, long number)
        {
            foreach (var written in WordSplitter.Spellings(word)) numbered.TryAdd(written, number);
        }
    }
}
