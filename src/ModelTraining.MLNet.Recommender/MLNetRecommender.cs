namespace ModelTraining;

/// <summary>Matrix factorisation beside the other trainers of <see cref="MLNet"/>.</summary>
public static class MLNetRecommender
{
    extension(MLNet)
    {
        /// <summary>
        /// Matrix factorisation by LIBMF (Chin et al., "A Fast Parallel Stochastic Gradient Method for Matrix Factorization in Shared Memory Systems", ACM TIST 6, 2015): a number of a pair,
        /// such as a user's rating of an item, is the product of a vector of the one and a vector of the other. Takes a table with two text columns, whose values are the keys, and a
        /// number to predict; have ids that are numbers read as text, and ignore all other columns. A pair with a key that training has not seen, or that is missing, gets the training rows'
        /// mean. Takes no weights; once it has read the rows it can't be cancelled.
        /// </summary>
        /// <param name="configure">Changes the options: <c>o => o with { ApproximationRank = 32 }</c>.</param>
        public static ITrainer MatrixFactorization(Func<MatrixFactorizationOptions, MatrixFactorizationOptions>? configure = null) => new FactorizationTrainer(MLNet.Configured(configure));
    }
}
