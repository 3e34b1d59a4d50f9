namespace ModelTraining.Onnx;

/// <summary>Operators of ai.onnx on text, and on words.</summary>
public static class TextOperators
{
    /// <summary>The version of the default operator set from which it has <c>StringSplit</c> and <c>StringConcat</c>.</summary>
    public const int StringSplitOpset = 20;

    /// <param name="value">Text, or words as numbers.</param>
    extension(Value value)
    {
        /// <summary>
        /// Text in lower case: A to Z alone. Other letters would go by a locale of the machine that runs the graph, and the graph would not load where the machine lacks it.
        /// </summary>
        /// <returns>The shape of the text, which is [rows].</returns>
        /// <exception cref="ModelTrainingException">MT3101: it is no text.</exception>
        public Value Lower()
        {
            Emit.Require("StringNormalizer", value, ElementType.String);
            return Emit.Unary("StringNormalizer", value, ("case_change_action", "LOWER"), ("locale", "C"));
        }

        /// <summary>Text with other text behind it. From opset 20.</summary>
        /// <param name="ending">What is put behind each.</param>
        /// <exception cref="ModelTrainingException">MT3101: it is no text.</exception>
        /// <exception cref="InvalidOperationException">The graph's opset is below 20.</exception>
        public Value StringConcat(string ending)
        {
            Emit.Require("StringConcat", value, ElementType.String);
            RequireOpset("StringConcat", value);
            return value.Graph.Add("StringConcat", [value, value.Graph.Constant(Tensor.Of([ending], 1))], ElementType.String, value.Shape);
        }

        /// <summary>Text cut at a delimiter. From opset 20.</summary>
        /// <param name="delimiter">What stands between two parts, and is part of none.</param>
        /// <returns>Text with one more dimension, as long as the most parts that one has, filled up with empty text.</returns>
        /// <exception cref="ModelTrainingException">MT3101: it is no text.</exception>
        /// <exception cref="InvalidOperationException">The graph's opset is below 20.</exception>
        public Value StringSplit(string delimiter)
        {
            ArgumentException.ThrowIfNullOrEmpty(delimiter);
            Emit.Require("StringSplit", value, ElementType.String);
            RequireOpset("StringSplit", value);
            Dimension[]? shape = value.Shape is { } known ? [.. known, new Dimension(-1)] : null;
            return value.Graph.Add("StringSplit", [value], [(ElementType.String, shape), (ElementType.Int64, value.Shape)], [("delimiter", delimiter)])[0];
        }

        /// <summary>How often terms occur in rows of words that are numbers [rows, words].</summary>
        /// <param name="terms">The terms, each of one or more words that stand side by side; the shorter ones first.</param>
        /// <returns>Float [rows, terms], in the order of the terms.</returns>
        /// <exception cref="ModelTrainingException">MT3101: they are no 64-bit integers.</exception>
        public Value TermCounts(IReadOnlyList<long[]> terms)
        {
            ArgumentNullException.ThrowIfNull(terms);
            ArgumentOutOfRangeException.ThrowIfZero(terms.Count, nameof(terms));
            Emit.Require("TfIdfVectorizer", value, ElementType.Int64);
            var starts = new List<long>();
            var pool = new List<long>();
            foreach (var term in terms)
            {
                if (term.Length < Math.Max(1, starts.Count)) throw new ArgumentException($"Term [{string.Join(", ", term)}] stands after a longer one.", nameof(terms));
                while (starts.Count < term.Length) starts.Add(pool.Count);
                pool.AddRange(term);
            }

            return value.Graph.Add("TfIdfVectorizer", [value], ElementType.Float, [value.Shape is [var rows, _] ? rows : Dimension.Batch, terms.Count],
            [
                ("mode", "TF"), ("min_gram_length", terms[0].Length), ("max_gram_length", starts.Count), ("max_skip_count", 0),
                ("ngram_counts", starts.ToArray()), ("ngram_indexes", Enumerable.Range(0, terms.Count).Select(term => (long)term).ToArray()), ("pool_int64s", pool.ToArray()),
            ]);
        }
    }

    private static void RequireOpset(string opType, Value value)
    {
        if (!Emit.Since(value, StringSplitOpset)) throw new InvalidOperationException($"{opType} is in the default operator set from version {StringSplitOpset}, and graph '{value.Graph.Name}' uses {value.Graph.Opsets[""]}. Make the graph with that version.");
    }
}
