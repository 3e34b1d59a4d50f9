using ModelTraining.Tests.Cleaning;

namespace ModelTraining.Tests.Features.Words;

/// <summary>Values from scikit-learn 1.2.1: TfidfVectorizer(token_pattern=r"(?u)\b\w+\b") fitted on <see cref="Texts"/>, its columns put into our order.</summary>
public class TfIdfTests
{
    private static readonly string[] Texts = ["The cat sat on the mat.", "A dog (the BIG dog) sat; the cat ran!", "big big big cat/dog", "", "Birds sing: la la la, la la", "The mat, the mat and a cat"];
    private static readonly string[] New = ["a cat, the dog and an unseen ELK", "", "la la mat sat on"];

    private static (string[] Names, float[][] Rows) Fit(Func<TfIdfOptions, TfIdfOptions> configure)
    {
        var text = new Table([TextColumn.From("text", [.. Texts, .. New])]);
        var fitted = Feature.TfIdf("text", configure).Make().Fit(text.View(new[] { 0, 1, 2, 3, 4, 5 }), new FitContext()).Apply(text);
        var terms = fitted.Columns.Skip(1).Cast<NumberColumn>().ToArray();
        return ([.. terms.Select(term => term.Name)], [.. Enumerable.Range(0, fitted.RowCount).Select(row => terms.Select(term => term.Values[row]).ToArray())]);
    }

    [Test]
    public void Fit_words_are_what_scikit_learn_gives()
    {
        var (names, rows) = Fit(o => o with { MinDocumentFrequency = 1 });
        string[] words = ["a", "and", "big", "birds", "cat", "dog", "la", "mat", "on", "ran", "sat", "sing", "the"];
        float[][] expected =
        [
            [0f, 0f, 0f, 0f, 0.2761889f, 0f, 0f, 0.3817536f, 0.465545f, 0f, 0.3817536f, 0f, 0.6446052f],
            [0.2903528f, 0f, 0.2903528f, 0f, 0.2100627f, 0.5807055f, 0f, 0f, 0f, 0.3540826f, 0.2903528f, 0f, 0.4902715f],
            [0f, 0f, 0.9247895f, 0f, 0.2230204f, 0.3082632f, 0f, 0f, 0f, 0f, 0f, 0f, 0f],
            [0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f],
            [0f, 0f, 0f, 0.1924501f, 0f, 0f, 0.9622504f, 0f, 0f, 0f, 0f, 0.1924501f, 0f],
            [0.3184369f, 0.3883309f, 0f, 0f, 0.2303809f, 0f, 0f, 0.6368738f, 0f, 0f, 0f, 0f, 0.5376927f],
            [0.4601234f, 0.5611164f, 0f, 0f, 0.3328874f, 0.4601234f, 0f, 0f, 0f, 0f, 0f, 0f, 0.3884678f],
            [0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f],
            [0f, 0f, 0f, 0f, 0f, 0f, 0.793998f, 0.3255449f, 0.396999f, 0f, 0.3255449f, 0f, 0f],
        ];
        Check(names, words, rows, expected);
    }

    [Test]
    public void Fit_pairs_sublinear_without_stop_words_are_what_scikit_learn_gives()
    {
        var (names, rows) = Fit(o => o with { NGramLength = 2, SublinearTf = true, StopWords = ["The", "a"] });
        float[][] expected =
        [
            [0f, 0.4554374f, 0f, 0.6295144f, 0.6295144f],
            [0.430724f, 0.3116177f, 0.7292791f, 0f, 0.430724f],
            [0.8619721f, 0.2971557f, 0.4107343f, 0f, 0f],
            [0f, 0f, 0f, 0f, 0f],
            [0f, 0f, 0f, 0f, 0f],
            [0f, 0.3929278f, 0f, 0.9195693f, 0f],
            [0f, 0.586157f, 0.8101975f, 0f, 0f],
            [0f, 0f, 0f, 0f, 0f],
            [0f, 0f, 0f, 0.7071068f, 0.7071068f],
        ];
        Check(names, ["big", "cat", "dog", "mat", "sat"], rows, expected);
    }

    [Test]
    public void Fit_the_most_frequent_terms_are_what_scikit_learn_gives()
    {
        var (names, rows) = Fit(o => o with { MinDocumentFrequency = 1, MaxFeatures = 3 });
        Check(names, ["big", "la", "the"], rows, [[0, 0, 1], [0.5095705f, 0, 0.8604289f], [1, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0], [0, 1, 0]]);
    }

    [Test]
    public void Fit_up_to_three_words_below_a_share_are_what_scikit_learn_gives()
    {
        var (names, rows) = Fit(o => o with { MinDocumentFrequency = 1, MaxDocumentShare = 0.5, NGramLength = 3 });
        Assert.That(names, Has.Length.EqualTo(56).And.Contains("tfidf(text)=big big cat").And.Not.Contains("tfidf(text)=cat"));
        Assert.That(rows[..6].Sum(row => row.Sum(value => (double)value)), Is.EqualTo(16.729494938439686).Within(1e-5));
        Assert.That(rows[6..].Sum(row => row.Sum(value => (double)value)), Is.EqualTo(4.514003373712899).Within(1e-5));
    }

    [Test]
    public void Split_case_quotes_and_blanks_do_not_matter()
    {
        string[] written = ["Don't STOP", "don't\tstop", "'don't' «stop»", "DON'T—stop…", "Don't\u00a0stop-", "don't\r\nSTOP", "-- DON'T ' stop"];
        var text = new Table([TextColumn.From("text", written)]);
        var fitted = Feature.TfIdf("text").Make().Fit(text.View(Enumerable.Range(0, written.Length).ToArray()), new FitContext()).Apply(text);
        Assert.That(fitted.Schema.Select(column => column.Name), Is.EqualTo(new[] { "text", "tfidf(text)=don't", "tfidf(text)=stop" }));
        Assert.That(((NumberColumn)fitted["tfidf(text)=stop"]).Values.ToArray(), Is.All.EqualTo(MathF.Sqrt(0.5f)).Within(1e-6f));
    }

    [Test]
    public void Spellings_unseen_case_of_letters_beyond_ascii_is_known_small_capitalized_and_in_capitals()
    {
        string[] written = ["ärger hier", "ärger da", "Ärger", "ÄRGER", "ärGER", "äRGER", "ärgeR", "ÄRgER"];
        var text = new Table([TextColumn.From("text", written)]);
        var fitted = Feature.TfIdf("text").Make().Fit(text.View(new[] { 0, 1 }), new FitContext()).Apply(text);
        Assert.That(((NumberColumn)fitted["tfidf(text)=ärger"]).Values.ToArray(), Is.EqualTo(new[] { 1f, 1, 1, 1, 1, 1, 1, 1 }));
        var other = Feature.TfIdf("text").Make().Fit(new Table([TextColumn.From("text", ["élan là", "élan ici", "éLAn", "Là", "plus ÉLÀN", "l'été", "l'été", "L'Été", "l'ÉTé"])]).View(new[] { 0, 1, 5, 6 }), new FitContext());
        var served = other.Apply(new Table([TextColumn.From("text", ["ÉLAN", "L'Été", "L'ÉTÉ", "l'étÉ"])]));
        Assert.That(((NumberColumn)served["tfidf(text)=l'été"]).Values.ToArray(), Is.EqualTo(new[] { 0f, 0, 1, 0 }), "a capital within a word, which was not seen, is another letter to a graph");
    }

    [Test]
    public void Fit_without_a_term_warns()
    {
        var warnings = new List<string>();
        var text = new Table([TextColumn.From("text", ["a", "b", null])]);
        var fitted = Feature.TfIdf("text").Make().Fit(text.View(new[] { 0, 1, 2 }), new FitContext { Warn = warnings.Add });
        Assert.That(warnings.Single(), Is.EqualTo("Column 'text' has no term in at least 2 training rows, and gets no feature of its words. Lower 'MinDocumentFrequency'."));
        Assert.That(fitted.Apply(text).Columns, Has.Count.EqualTo(1));
    }

    [TestCase("takes a 'MaxFeatures' from 1 to 100000. Got 0.")]
    [TestCase("takes a 'MinDocumentFrequency' of at least 1. Got 0.")]
    [TestCase("takes a 'MaxDocumentShare' in (0, 1]. Got 1.5.")]
    [TestCase("takes an 'NGramLength' from 1 to 5. Got 6.")]
    [TestCase("takes 'StopWords' that are words. Got an empty one.")]
    public void Validate_option_out_of_range_is_named(string wrong)
    {
        var feature = Feature.TfIdf("text", o => wrong.Split('\'')[1] switch
        {
            "MaxFeatures" => o with { MaxFeatures = 0 },
            "MinDocumentFrequency" => o with { MinDocumentFrequency = 0 },
            "MaxDocumentShare" => o with { MaxDocumentShare = 1.5 },
            "NGramLength" => o with { NGramLength = 6 },
            _ => o with { StopWords = ["a", " "] },
        });
        var problem = feature.Validate().Single();
        Assert.That((problem.Id, problem.Message), Is.EqualTo(("MT1231", $"The feature TfIdf(text) {wrong}")));
    }

    [Test]
    public void Plan_words_are_neither_filled_nor_scaled_and_sentences_have_no_encoding_besides()
    {
        var texts = Enumerable.Range(0, 60).Select(row => row % 7 == 0 ? null : $"the product number {row} is {(row % 3 == 0 ? "good" : "bad")}").ToArray();
        var table = new Table([TextColumn.From("review", texts), new NumberColumn("size", Enumerable.Range(0, 60).Select(row => row * 3f).ToArray())]);
        var cleaned = new Cleaned(table);
        var words = cleaned.Fit(Cleaned.Alternating(60), Cleaned.Linear, options: new FeatureOptions { Add = [Feature.TfIdf("review", o => o with { StopWords = ["number", "the"] })] });
        Assert.That(words.Fitted.Features.Select(feature => feature.Name), Is.EqualTo(new[] { "size", "tfidf(review)=bad", "tfidf(review)=good", "tfidf(review)=is", "tfidf(review)=product" }));
        Assert.That(words.Features.Column(1)[0], Is.Zero, "missing text has no word");
        Assert.That(words.Fitted.Descriptions, Has.None.Contains("Missing values filled: size 88.5, tfidf").And.Some.Contains("1 columns scaled"));
        Assert.That(cleaned.Warnings, Has.None.Contains("sentences"));
    }

    [Test]
    public void Plan_sentences_without_their_words_are_left_out_with_a_warning_that_names_the_feature()
    {
        var table = new Table([TextColumn.From("review", [.. Enumerable.Range(0, 60).Select(row => $"the product number {row} is good")]), new NumberColumn("size", Enumerable.Range(0, 60).Select(row => row * 3f).ToArray())]);
        var cleaned = new Cleaned(table);
        cleaned.Fit(Cleaned.Alternating(60));
        Assert.That(cleaned.Warnings, Has.Some.StartsWith("Column 'review' is left out: the values are sentences, nearly all different, and have no encoding by category. Add Feature.TfIdf(\"review\") to 'Add' of Features"));
    }

    private static void Check(string[] names, string[] words, float[][] rows, float[][] expected)
    {
        Assert.That(names, Is.EqualTo(words.Select(word => $"tfidf(text)={word}")));
        for (var row = 0; row < expected.Length; row++) Assert.That(rows[row], Is.EqualTo(expected[row]).Within(1e-6f), $"row {row}");
    }
}
