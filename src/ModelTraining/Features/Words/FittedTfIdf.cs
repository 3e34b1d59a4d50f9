using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="TfIdf"/> learned.</summary>
/// <param name="vocabularies">The terms of each column.</param>
/// <param name="sublinear">Whether a term that occurs t times counts 1 + ln t.</param>
internal sealed class FittedTfIdf(IReadOnlyList<Vocabulary> vocabularies, bool sublinear) : IFittedTransform, INeedsOpset, IPreparedColumns
{
    /// <summary>
    /// The logarithms come from a table, which gives the same bits here and in every runtime. A term that occurs still more often in one text counts as if it occurred so often.
    /// </summary>
    private const int MostTimes = 4_095;

    private readonly Terms[] _terms = [.. vocabularies.Select(vocabulary => new Terms(vocabulary.Terms))];
    private readonly float[] _logarithms = sublinear ? [0, .. Enumerable.Range(1, MostTimes).Select(times => (float)(1 + Math.Log(times)))] : [];

    public string Description => $"Words added: {string.Join(", ", vocabularies.Select(vocabulary => FormattableString.Invariant($"{vocabulary.Column} ({vocabulary.Terms.Length} terms)")))}.";

    /// <summary>The columns whose words are features.</summary>
    public IEnumerable<string> Columns => vocabularies.Where(vocabulary => vocabulary.Terms.Length > 0).Select(vocabulary => vocabulary.Column);

    public int Opset => vocabularies.Any(vocabulary => vocabulary.Terms.Length > 0) ? TextOperators.StringSplitOpset : Graph.DefaultOpset;

    public IEnumerable<string> Prepared => vocabularies.SelectMany(vocabulary => vocabulary.Outputs);

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        for (var i = 0; i < vocabularies.Count; i++)
        {
            var values = Weights((TextColumn)table[vocabularies[i].Column], vocabularies[i], _terms[i]);
            for (var term = 0; term < values.Length; term++) edit.Add(new NumberColumn(vocabularies[i].Outputs[term], values[term]));
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var vocabulary in vocabularies)
        {
            if (vocabulary.Terms.Length == 0) continue;
            var times = vocabulary.Splitter.Emit(columns[vocabulary.Column], vocabulary.Numbers).TermCounts(vocabulary.Terms);
            if (sublinear) times = columns.Graph.Constant(Tensor.Of(_logarithms, _logarithms.Length)).Gather(times.Min(MostTimes).Cast(ElementType.Int64));
            var weights = times * columns.Graph.Constant(Tensor.Of(vocabulary.Frequencies, 1, vocabulary.Frequencies.Length));

            // In double, whose last bits are lost: a sum in another order must not come out as another float.
            var wide = weights.Cast(ElementType.Double);
            var length = (wide * wide).ReduceSum([1]).Sqrt().Cast(ElementType.Float);
            var scaled = weights / length.Equal(0f).Where(1f, length);
            var parts = vocabulary.Outputs.Length == 1 ? [scaled] : scaled.Split(1, [.. Enumerable.Repeat(1L, vocabulary.Outputs.Length)]);
            for (var term = 0; term < parts.Count; term++) columns[vocabulary.Outputs[term]] = parts[term];
        }
    }

    private float[][] Weights(TextColumn text, Vocabulary vocabulary, Terms terms)
    {
        var values = new float[vocabulary.Terms.Length][];
        for (var term = 0; term < values.Length; term++) values[term] = new float[text.Count];
        var byCode = new (int Term, float Weight)[]?[text.Categories.Length];
        for (var row = 0; row < text.Count; row++)
        {
            var code = text.Codes[row];
            if (code == TextColumn.MissingCode) continue;
            foreach (var (term, weight) in byCode[code] ??= Weights(text.Categories[code], vocabulary, terms)) values[term][row] = weight;
        }

        return values;
    }

    private (int Term, float Weight)[] Weights(string text, Vocabulary vocabulary, Terms terms)
    {
        var words = vocabulary.Splitter.Split(text).Select(written => vocabulary.Numbers.GetValueOrDefault(written)).Where(word => word >= 0).ToList();
        var counts = new SortedDictionary<int, int>();
        for (var first = 0; first < words.Count; first++)
        {
            var node = TermTree.Root;
            for (var last = first; last < words.Count && terms.Tree.TryGet(node, words[last], out node); last++)
            {
                if (terms.At(node) is var term && term >= 0) counts[term] = counts.GetValueOrDefault(term) + 1;
            }
        }

        var squares = 0.0;
        var weights = new List<(int Term, float Weight)>(counts.Count);
        foreach (var (term, times) in counts)
        {
            var weight = (sublinear ? _logarithms[Math.Min(times, MostTimes)] : times) * vocabulary.Frequencies[term];
            weights.Add((term, weight));
            squares += (double)weight * weight;
        }

        var length = (float)Math.Sqrt(squares);
        return [.. weights.Select(weight => (weight.Term, weight.Weight / length))];
    }

    /// <summary>The terms by their words.</summary>
    private sealed class Terms
    {
        private readonly int[] _termOf;

        public Terms(long[][] terms)
        {
            var ends = new int[terms.Length];
            for (var term = 0; term < terms.Length; term++) ends[term] = terms[term].Aggregate(TermTree.Root, Tree.Grow);
            _termOf = new int[Tree.Count];
            Array.Fill(_termOf, -1);
            for (var term = 0; term < terms.Length; term++) _termOf[ends[term]] = term;
        }

        public TermTree Tree { get; } = new();

        /// <summary>The term that ends at a node; −1 where one only begins there, as a pair does whose first word is none.</summary>
        public int At(int node) => _termOf[node];
    }
}
