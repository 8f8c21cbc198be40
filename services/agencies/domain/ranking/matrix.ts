/** A square symmetric matrix, row by row. */
export type Square = { size: number; at: Float64Array };

export function square(size: number): Square {
  return { size, at: new Float64Array(size * size) };
}

/** The lower factor of a positive definite matrix (Cholesky); pivots are kept above zero. */
function factor({ size, at }: Square): Float64Array {
  const low = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = at[row * size + column] ?? 0;
      for (let k = 0; k < column; k += 1) {
        sum -= (low[row * size + k] ?? 0) * (low[column * size + k] ?? 0);
      }
      const pivot = low[column * size + column] ?? 1;
      low[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / pivot;
    }
  }
  return low;
}

function solveWith(low: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = x[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (low[row * size + k] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (low[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= (low[k * size + row] ?? 0) * (x[k] ?? 0);
    x[row] = sum / (low[row * size + row] ?? 1);
  }
  return x;
}

/** x of A·x = right, A symmetric and positive definite. */
export function solve(matrix: Square, right: Float64Array): Float64Array {
  return solveWith(factor(matrix), matrix.size, right);
}

/** A⁻¹·x for several x at the cost of one factor. */
export function solver(matrix: Square): (right: Float64Array) => Float64Array {
  const low = factor(matrix);
  return (right) => solveWith(low, matrix.size, right);
}
