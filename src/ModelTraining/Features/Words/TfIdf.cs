namespace ModelTraining;

/// <summary>
/// Adds a column a term: how often it occurs in the text, times its inverse document frequency ln((1 + n)/(1 + df)) + 1, each row scaled to length 1, as scikit-learn's
/// TfidfVectorizer does (G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988). A row without a known term, or without text, is 0 in all.
/// </summary>
/// <param name="columns">The text columns.</param>
/// <param name="options">Which terms.</param>
internal sealed class TfIdf(IReadOnlyList<string> columns, TfIdfOptions options) : ITransform
{
    public string Name => "Words";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var vocabularies = new Vocabulary[columns.Count];
        ColumnLoop.Run(vocabularies.Length, context.Threads, i => vocabularies[i] = Learn((TextColumn)training.Column(columns[i])));
        foreach (var vocabulary in vocabularies)
        {
            if (vocabulary.Terms.Length == 0) context.Warn(FormattableString.Invariant($"Column '{vocabulary.Column}' has no term in at least {options.MinDocumentFrequency} training rows, and gets no feature of its words. Lower '{nameof(TfIdfOptions.MinDocumentFrequency)}'."));
        }

        return new FittedTfIdf([.. vocabularies.Select(vocabulary => vocabulary with { Outputs = [.. vocabulary.Outputs.Select(term => names.Take($"tfidf({vocabulary.Column})={term}"))] })], options.SublinearTf);
    }

    private Vocabulary Learn(TextColumn column)
    {
        var splitter = WordSplitter.For(column);
        var lexicon = new Lexicon(options.StopWords.SelectMany(splitter.Split).Select(WordSplitter.Fold));
        var tree = new TermTree();
        var (documents, occurrences, lastSeen) = (new List<int>(), new List<long>(), new List<int>());
        var rows = CategoryCounts.ByCode(column);
        for (var code = 0; code < rows.Length; code++)
        {
            if (rows[code] == 0) continue;
            var words = splitter.Split(column.Categories[code]).Select(lexicon.NumberOf).Where(word => word >= 0).ToList();
            for (var first = 0; first < words.Count; first++)
            {
                var node = TermTree.Root;
                for (var last = first; last < Math.Min(words.Count, first + options.NGramLength); last++)
                {
                    node = tree.Grow(node, words[last]);
                    if (node == documents.Count)
                    {
                        documents.Add(0);
                        occurrences.Add(0);
                        lastSeen.Add(-1);
                    }

                    occurrences[node] += rows[code];
                    if (lastSeen[node] == code) continue;
                    lastSeen[node] = code;
                    documents[node] += rows[code];
                }
            }
        }

        // Numbers of words depend on the order of rows; what is kept, and in which order, does not.
        var most = options.MaxDocumentShare * column.Count;
        var kept = Enumerable.Range(0, tree.Count).Where(node => documents[node] >= options.MinDocumentFrequency && documents[node] <= most)
            .Select(node => (Words: lexicon.WordsOf(tree.Path(node)), Node: node)).Select(term => (term.Words, Text: string.Join(' ', term.Words), term.Node))
            .OrderByDescending(term => occurrences[term.Node]).ThenBy(term => term.Text, StringComparer.Ordinal).Take(options.MaxFeatures)
            .OrderBy(term => term.Words.Length).ThenBy(term => term.Text, StringComparer.Ordinal).ToArray();
        var numbers = kept.SelectMany(term => term.Words).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index().ToDictionary(pair => pair.Item, pair => WordSplitter.FirstWord + pair.Index, StringComparer.Ordinal);
        return new Vocabulary(column.Name, splitter, lexicon.Numbered(numbers))
        {
            Terms = [.. kept.Select(term => term.Words.Select(word => numbers[word]).ToArray())],
            Frequencies = [.. kept.Select(term => (float)(Math.Log((1.0 + column.Count) / (1 + documents[term.Node])) + 1))],
            Outputs = [.. kept.Select(term => term.Text)],
        };
    }
}
