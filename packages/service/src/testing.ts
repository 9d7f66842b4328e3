export {
  openRestContract,
  type RestAnswer,
  type RestCall,
  type RestContract,
} from './testing/rest-contract.ts';
