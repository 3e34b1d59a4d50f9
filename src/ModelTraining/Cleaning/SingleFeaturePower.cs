namespace ModelTraining;

/// <summary>
/// How well one column alone predicts the target on rows it was not learned from: a row gets what the rows of the other half with the nearest value have. A
/// column of keys gets nowhere by that, however many values it has; a copy of the label gets everything right.
/// </summary>
internal static class SingleFeaturePower
{
    /// <summary>The share of the errors (of the squared errors of ranks, for regression) of a guess without any feature that the column takes away: at most 1, negative when it does harm.</summary>
    /// <param name="column">The training rows.</param>
    /// <param name="target">What is predicted, for the same rows.</param>
    /// <param name="sample">The rows to look at, in random order.</param>
    public static double Of(Column column, Target target, ReadOnlySpan<int> sample)
    {
        var keys = Keys(column, sample);
        var targets = new float[sample.Length];
        for (var i = 0; i < targets.Length; i++) targets[i] = target.Values[sample[i]];
        if (target.Task == LearningTask.Regression) targets = Ranks(targets);
        var half = sample.Length / 2;
        var nearest = column is not TextColumn;
        var (errors, baseline) = Errors(keys.AsSpan(..half), targets.AsSpan(..half), keys.AsSpan(half..), targets.AsSpan(half..), target, nearest);
        var (moreErrors, moreBaseline) = Errors(keys.AsSpan(half..), targets.AsSpan(half..), keys.AsSpan(..half), targets.AsSpan(..half), target, nearest);
        return baseline + moreBaseline > 0 ? 1 - (errors + moreErrors) / (baseline + moreBaseline) : 0;
    }

    /// <summary>A number for each row that is near where values are near, or a code of the text; NaN where missing.</summary>
    private static double[] Keys(Column column, ReadOnlySpan<int> sample)
    {
        var keys = new double[sample.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var row = sample[i];
            keys[i] = column.IsMissing(row) ? double.NaN : column switch
            {
                NumberColumn numbers => numbers.Values[row],
                IntegerColumn integers => integers.Values[row],
                BooleanColumn booleans => booleans.Values[row],
                DateTimeColumn dates => dates.Values[row].Ticks,
                TextColumn text => text.Codes[row],
                _ => double.NaN,
            };
        }

        return keys;
    }

    /// <summary>Ranks in place of the numbers: a few large ones would otherwise be all that counts.</summary>
    private static float[] Ranks(float[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((float[])values.Clone(), order);
        var ranks = new float[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2f;
            start = end;
        }

        return ranks;
    }

    private static (double Errors, double Baseline) Errors(ReadOnlySpan<double> learnKeys, ReadOnlySpan<float> learnTargets, ReadOnlySpan<double> askKeys, ReadOnlySpan<float> askTargets, Target target, bool nearest)
    {
        var known = new Guesses(learnKeys, learnTargets, target, nearest);
        var (errors, baseline) = (0.0, 0.0);
        for (var i = 0; i < askKeys.Length; i++)
        {
            errors += Cost(known[askKeys[i]], askTargets[i], target);
            baseline += Cost(known.Overall, askTargets[i], target);
        }

        return (errors, baseline);
    }

    private static double Cost(float guess, float truth, Target target) =>
        target.Task == LearningTask.Regression ? ((double)guess - truth) * ((double)guess - truth) : guess == truth ? 0 : 1;

    /// <summary>What rows with each distinct value have: the class that most have, or the mean.</summary>
    private sealed class Guesses
    {
        private readonly double[] _keys;
        private readonly float[] _guesses;
        private readonly float _missing;
        private readonly bool _nearest;

        public Guesses(ReadOnlySpan<double> keys, ReadOnlySpan<float> targets, Target target, bool nearest)
        {
            var sortedKeys = keys.ToArray();
            var sortedTargets = targets.ToArray();
            Array.Sort(sortedKeys, sortedTargets);
            var counts = new int[Math.Max(1, target.Classes.Count)];
            Overall = Guess(sortedTargets, target, counts);
            var distinct = new List<double>();
            var guesses = new List<float>();
            _missing = Overall;
            for (var start = 0; start < sortedKeys.Length;)
            {
                var end = start + 1;
                while (end < sortedKeys.Length && sortedKeys[end].Equals(sortedKeys[start])) end++;
                var guess = Guess(sortedTargets.AsSpan(start..end), target, counts);
                if (double.IsNaN(sortedKeys[start]))
                {
                    _missing = guess;
                }
                else
                {
                    distinct.Add(sortedKeys[start]);
                    guesses.Add(guess);
                }

                start = end;
            }

            (_keys, _guesses, _nearest) = ([.. distinct], [.. guesses], nearest);
        }

        public float Overall { get; }

        public float this[double key]
        {
            get
            {
                if (double.IsNaN(key)) return _missing;
                var at = Array.BinarySearch(_keys, key);
                if (at >= 0) return _guesses[at];
                at = ~at;
                if (!_nearest || _keys.Length == 0) return Overall;
                if (at == 0) return _guesses[0];
                if (at == _keys.Length) return _guesses[^1];
                return key - _keys[at - 1] <= _keys[at] - key ? _guesses[at - 1] : _guesses[at];
            }
        }

        private static float Guess(ReadOnlySpan<float> targets, Target target, int[] counts)
        {
            if (targets.Length == 1) return targets[0];
            if (target.Task == LearningTask.Regression)
            {
                var sum = 0.0;
                foreach (var value in targets) sum += value;
                return (float)(sum / targets.Length);
            }

            Array.Clear(counts);
            foreach (var value in targets) counts[(int)value]++;
            return Array.IndexOf(counts, counts.Max());
        }
    }
}
