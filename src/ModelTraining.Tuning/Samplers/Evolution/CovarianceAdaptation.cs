namespace ModelTraining;

/// <summary>
/// The distribution of CMA-ES in the unit cube, and how a generation changes it; symbols as in Hansen's tutorial. Points that another distribution has drawn may be among a generation's: their steps are cut to the length that
/// this one's have (Hansen, "Injecting External Solutions Into CMA-ES", arXiv:1110.4181). Not thread-safe.
/// </summary>
internal sealed class CovarianceAdaptation
{
    private const int MostDraws = 20;
    private readonly int _n;
    private readonly double[] _weights;
    private readonly double _muEff, _cSigma, _dSigma, _cC, _c1, _cMu, _expectedLength;
    private readonly double[] _mean, _pathSigma, _pathC;
    private readonly double[,] _covariance;
    private double _sigma;
    private int _generation;
    private SymmetricEigen _eigen;

    public CovarianceAdaptation(int dimensions, double sigma, int? population)
    {
        _n = dimensions;
        _sigma = sigma;
        Population = population ?? 4 + (int)(3 * Math.Log(_n));
        var mu = Population / 2;
        _weights = [.. Enumerable.Range(1, mu).Select(rank => Math.Log((Population + 1) / 2.0) - Math.Log(rank))];
        var total = _weights.Sum();
        for (var i = 0; i < mu; i++) _weights[i] /= total;
        _muEff = 1 / _weights.Sum(weight => weight * weight);
        _cSigma = (_muEff + 2) / (_n + _muEff + 5);
        _dSigma = 1 + (2 * Math.Max(0, Math.Sqrt((_muEff - 1) / (_n + 1)) - 1)) + _cSigma;
        _cC = (4 + (_muEff / _n)) / (_n + 4 + (2 * _muEff / _n));
        _c1 = 2 / (((_n + 1.3) * (_n + 1.3)) + _muEff);
        _cMu = Math.Min(1 - _c1, 2 * ((1 / _muEff) - 2 + _muEff + 0.25) / (((_n + 2) * (_n + 2)) + _muEff));
        _expectedLength = Math.Sqrt(_n) * (1 - (1.0 / (4 * _n)) + (1.0 / (21.0 * _n * _n)));
        (_mean, _pathSigma, _pathC, _covariance) = (new double[_n], new double[_n], new double[_n], new double[_n, _n]);
        for (var i = 0; i < _n; i++) (_mean[i], _covariance[i, i]) = (0.5, 1);
        _eigen = SymmetricEigen.Of(_covariance);
    }

    /// <summary>The trials of a generation.</summary>
    public int Population { get; }

    /// <summary>A point of the cube: drawn again while it is outside, and in the end moved to the border.</summary>
    public double[] Draw(SeededRandom random)
    {
        var point = new double[_n];
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var step = _eigen.Scale(Enumerable.Range(0, _n).Select(_ => random.NextNormal()).ToArray());
            for (var i = 0; i < _n; i++) point[i] = _mean[i] + (_sigma * step[i]);
            if (point.All(share => share is >= 0 and <= 1)) return point;
        }

        return Array.ConvertAll(point, share => Math.Clamp(share, 0, 1));
    }

    /// <summary>Learns from a generation.</summary>
    /// <param name="bestFirst">Its points, the best first.</param>
    public void Update(List<double[]> bestFirst)
    {
        var longest = Math.Sqrt(_n) + (2.0 * _n / (_n + 2));
        var steps = bestFirst.Take(_weights.Length).Select(point =>
        {
            var step = point.Select((share, i) => (share - _mean[i]) / _sigma).ToArray();
            var length = Length(_eigen.Whiten(step));
            return length > longest ? Array.ConvertAll(step, part => part * longest / length) : step;
        }).ToList();
        var mean = new double[_n];
        for (var k = 0; k < steps.Count; k++) for (var i = 0; i < _n; i++) mean[i] += _weights[k] * steps[k][i];
        for (var i = 0; i < _n; i++) _mean[i] = Math.Clamp(_mean[i] + (_sigma * mean[i]), 0, 1);

        var whitened = _eigen.Whiten(mean);
        for (var i = 0; i < _n; i++) _pathSigma[i] = ((1 - _cSigma) * _pathSigma[i]) + (Math.Sqrt(_cSigma * (2 - _cSigma) * _muEff) * whitened[i]);
        _generation++;
        var length = Length(_pathSigma);
        var isSteady = length / Math.Sqrt(1 - Math.Pow(1 - _cSigma, 2 * _generation)) < (1.4 + (2.0 / (_n + 1))) * _expectedLength;
        for (var i = 0; i < _n; i++) _pathC[i] = ((1 - _cC) * _pathC[i]) + (isSteady ? Math.Sqrt(_cC * (2 - _cC) * _muEff) * mean[i] : 0);

        var kept = 1 - _c1 - _cMu + (isSteady ? 0 : _c1 * _cC * (2 - _cC));
        for (var i = 0; i < _n; i++)
        {
            for (var j = 0; j < _n; j++)
            {
                var ranked = 0.0;
                for (var k = 0; k < steps.Count; k++) ranked += _weights[k] * steps[k][i] * steps[k][j];
                _covariance[i, j] = (kept * _covariance[i, j]) + (_c1 * _pathC[i] * _pathC[j]) + (_cMu * ranked);
            }
        }

        _sigma = Math.Clamp(_sigma * Math.Exp(_cSigma / _dSigma * ((length / _expectedLength) - 1)), 1e-8, 1);
        _eigen = SymmetricEigen.Of(_covariance);
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(part => part * part));
}
